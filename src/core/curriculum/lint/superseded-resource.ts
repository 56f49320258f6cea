import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const supersededResource: Rule = {
  id: 'superseded-resource',
  severity: 'warning',
  summary: 'A superseded resource without its successor, or one that a task relies on alone',
  *check({ curriculum, tasks }) {
    const superseded = new Map(
      curriculum.resources.flatMap((each) => (each.status === 'superseded' ? [[each.id, each] as const] : [])),
    );
    for (const [index, { id, status, superseded_by, retired }] of curriculum.resources.entries()) {
      if (status !== 'superseded' || superseded_by !== undefined || retired) continue;
      const path = ['resources', index, 'status'];
      yield { path, message: `${quoted(id)} is superseded, but not by what`, hint: 'Write `superseded_by`.' };
    }
    for (const { task, path, isRetired } of tasks) {
      const resources = task.resources ?? [];
      if (isRetired || resources.length === 0 || !resources.every((id) => superseded.has(id))) continue;
      const successor = superseded.get(resources[0] ?? '')?.superseded_by;
      const message = `the task relies on ${resources.length > 1 ? 'superseded resources' : 'a superseded resource'} alone`;
      const problem = { path: [...path, 'resources'], message };
      yield successor === undefined ? problem : { ...problem, hint: `Add ${successor}.` };
    }
  },
};
