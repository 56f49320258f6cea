import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const duplicateReference: Rule = {
  id: 'duplicate-reference',
  severity: 'warning',
  summary: 'The same id twice in one list',
  *check({ references }) {
    const seen = new Set<string>();
    for (const { id, path } of references) {
      const key = [...path.slice(0, -1), id].join('/');
      if (seen.has(key)) yield { path, message: `${quoted(id)} is in this list already` };
      seen.add(key);
    }
  },
};
