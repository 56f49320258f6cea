import { quoted } from '../finding.js';
import type { Rule, Survey, TaskEntry } from './rule.js';
import { firstTaught } from './taught.js';

export const conceptOrder: Rule = {
  id: 'concept-order',
  severity: 'warning',
  summary: 'A task uses a concept whose prerequisites come later',
  *check(survey) {
    const taught = firstTaught(survey);
    const prerequisites = new Map(survey.curriculum.concepts.map((concept) => [concept.id, concept.requires ?? []]));
    for (const entry of survey.tasks) {
      if (entry.isRetired) continue;
      let onTheWay: ReadonlySet<string> | undefined;
      for (const [index, concept] of (entry.task.concepts ?? []).entries()) {
        for (const needed of prerequisites.get(concept) ?? []) {
          const first = taught.get(needed);
          // What no task teaches at all is the business of another rule.
          if (first === undefined || first.order <= entry.order) continue;
          onTheWay ??= conceptsOnTheWay(survey, entry);
          if (onTheWay.has(needed)) continue;
          yield {
            path: [...entry.path, 'concepts', index],
            message: `${quoted(concept)} needs ${quoted(needed)}, which is first taught later, by ${quoted(first.id)}`,
            hint: `Require ${first.id}, move this task down, or add ${needed} to an earlier task.`,
          };
        }
      }
    }
  },
};

/** What the tasks teach that come first by `requires`, however far back. */
function conceptsOnTheWay({ taskById }: Survey, entry: TaskEntry): ReadonlySet<string> {
  const concepts = new Set<string>();
  const seen = new Set<string>();
  const open = [...(entry.task.requires ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const required = taskById.get(id);
    if (!required || seen.has(id)) continue;
    seen.add(id);
    for (const concept of required.task.concepts ?? []) concepts.add(concept);
    for (const each of required.task.requires ?? []) open.push(each);
  }
  return concepts;
}
