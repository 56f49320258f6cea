import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const renamedReference: Rule = {
  id: 'renamed-reference',
  severity: 'warning',
  summary: 'A reference by an id that the item no longer has',
  *check({ references, byId, byAlias }) {
    for (const { id, path, kinds } of references) {
      if (byId.has(id)) continue;
      const target = byAlias.get(id);
      if (!target || !kinds.includes(target.kind)) continue;
      yield { path, message: `${quoted(id)} is the former id of ${quoted(target.id)}`, hint: `Write ${target.id}.` };
    }
  },
};
