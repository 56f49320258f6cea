import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const labProves: Rule = {
  id: 'lab-proves',
  severity: 'error',
  summary: 'A task that says what its lab proves and has no lab',
  *check({ tasks }) {
    for (const { task, path } of tasks) {
      if (task.lab_proves === undefined || task.lab !== undefined) continue;
      yield { path: [...path, 'lab_proves'], message: `the task ${quoted(task.id)} has no lab` };
    }
  },
};
