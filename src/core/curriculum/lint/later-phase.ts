import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const laterPhase: Rule = {
  id: 'later-phase',
  severity: 'error',
  summary: 'A task that requires a task of a later phase',
  *check({ tasks, taskById, curriculum }) {
    for (const { task, path, phase } of tasks) {
      for (const [index, id] of (task.requires ?? []).entries()) {
        const required = taskById.get(id);
        if (!required || required.phase <= phase) continue;
        const title = quoted(curriculum.phases[required.phase]?.id);
        yield { path: [...path, 'requires', index], message: `${quoted(id)} belongs to a later phase, ${title}` };
      }
    }
  },
};
