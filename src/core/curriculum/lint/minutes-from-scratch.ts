import type { Rule } from './rule.js';

export const minutesFromScratch: Rule = {
  id: 'minutes-from-scratch',
  severity: 'error',
  summary: 'An estimate from scratch that is below the ordinary one',
  *check({ tasks }) {
    for (const { task, path } of tasks) {
      if (!task.minutes_from_scratch) continue;
      const [low, high] = task.minutes;
      const [scratchLow, scratchHigh] = task.minutes_from_scratch;
      if (scratchLow >= low && scratchHigh >= high) continue;
      const message = `from scratch takes at least as long as “minutes”: [${low}, ${high}]`;
      yield { path: [...path, 'minutes_from_scratch'], message };
    }
  },
};
