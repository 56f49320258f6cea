import type { Rule } from './rule.js';

export const singleStep: Rule = {
  id: 'single-step',
  severity: 'warning',
  summary: 'A checklist of one step',
  *check({ tasks }) {
    for (const { task, path } of tasks) {
      if (task.steps?.length !== 1) continue;
      const hint = 'Split the work into parts, or leave the steps out.';
      yield { path: [...path, 'steps'], message: 'a checklist of one step says nothing beyond the title', hint };
    }
  },
};
