import { quoted } from '../finding.js';
import type { Rule } from './rule.js';
import { firstTaught } from './taught.js';

export const untaughtConcept: Rule = {
  id: 'untaught-concept',
  severity: 'warning',
  summary: 'A concept that no task teaches',
  *check(survey) {
    const taught = firstTaught(survey);
    for (const { kind, id, path, isRetired } of survey.entries) {
      if (kind === 'concept' && !isRetired && !taught.has(id)) yield { path, message: `no task teaches ${quoted(id)}` };
    }
  },
};
