import { quoted } from '../finding.js';
import type { Rule } from './rule.js';
import { firstTaught } from './taught.js';

export const untaughtCriterion: Rule = {
  id: 'untaught-criterion',
  severity: 'error',
  summary: 'A criterion that tests a concept no task teaches',
  *check(survey) {
    const taught = firstTaught(survey);
    for (const { role, from, id, path, isLive } of survey.references) {
      if (from.kind !== 'checkpoint' || role !== 'concepts' || !isLive) continue;
      const isConcept = survey.byId.get(id)?.kind === 'concept';
      if (isConcept && !taught.has(id)) yield { path, message: `no task teaches ${quoted(id)}` };
    }
  },
};
