import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const emptyTask: Rule = {
  id: 'empty-task',
  severity: 'error',
  summary: 'A task with nothing to work from: no resource, no lab and fewer than two steps',
  *check({ tasks }) {
    for (const { task, path, isRetired } of tasks) {
      if (isRetired || task.lab !== undefined) continue;
      if ((task.resources ?? []).length > 0 || (task.steps ?? []).length > 1) continue;
      yield { path, message: `the task ${quoted(task.id)} has no resource, no lab and fewer than two steps` };
    }
  },
};
