import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const unusedLab: Rule = {
  id: 'unused-lab',
  severity: 'warning',
  summary: 'A lab that no task points at: nobody would come across it',
  *check({ labs, tasks, byAlias }) {
    const used = new Set(
      tasks.flatMap(({ task, isRetired }) =>
        isRetired || task.lab === undefined ? [] : [byAlias.get(task.lab)?.id ?? task.lab],
      ),
    );
    for (const { lab, path, isRetired } of labs) {
      if (isRetired || used.has(lab.id)) continue;
      yield { path, message: `no task points at the lab ${quoted(lab.id)}`, hint: `Write lab: ${lab.id} in a task.` };
    }
  },
};
