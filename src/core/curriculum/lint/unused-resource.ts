import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const unusedResource: Rule = {
  id: 'unused-resource',
  severity: 'warning',
  summary: 'A resource that no task or lab uses and no phase lists',
  *check({ curriculum, tasks, labs, byAlias }) {
    const uses = [
      ...tasks.map(({ task, isRetired }) => (isRetired ? [] : (task.resources ?? []))),
      ...labs.map(({ lab, isRetired }) => (isRetired ? [] : (lab.resources ?? []))),
    ];
    const used = new Set(uses.flat().map((id) => byAlias.get(id)?.id ?? id));
    for (const [index, { id, phases, retired }] of curriculum.resources.entries()) {
      if (retired || used.has(id) || (phases ?? []).length > 0) continue;
      const hint = 'Name it in a task, or write `phases`.';
      yield { path: ['resources', index, 'phases'], message: `no task uses ${quoted(id)} and it has no phases`, hint };
    }
  },
};
