import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const emptyCriterion: Rule = {
  id: 'empty-criterion',
  severity: 'error',
  summary: 'A criterion that covers nothing: whoever fails it is not told where to go',
  *check({ curriculum }) {
    for (const [index, { checkpoint }] of curriculum.phases.entries()) {
      for (const [place, { id, covers, retired }] of (checkpoint?.criteria ?? []).entries()) {
        const count = [covers.tasks, covers.concepts, covers.labs].flatMap((list) => list ?? []).length;
        if (count > 0 || retired) continue;
        const path = ['phases', index, 'checkpoint', 'criteria', place, 'covers'];
        yield { path, at: 'key', message: `the criterion ${quoted(id)} covers no task, lab or concept` };
      }
    }
  },
};
