import { quoted } from '../finding.js';
import type { Entry, Rule } from './rule.js';

export const aliasClash: Rule = {
  id: 'alias-clash',
  severity: 'error',
  summary: 'A former id that something else has now, or had before',
  *check({ entries, byId, placeOf }) {
    const seen = new Map<string, Entry>();
    for (const entry of entries) {
      for (const [index, alias] of entry.aliases.entries()) {
        const other = byId.get(alias) ?? seen.get(alias);
        const path = [...entry.path, 'aliases', index];
        if (other) {
          const has = byId.has(alias) ? 'is the id' : 'is an alias';
          yield {
            path,
            message: `the alias ${quoted(alias)} ${has} of a ${other.kind} (${placeOf([...other.path, 'id'])})`,
          };
        }
        if (!seen.has(alias)) seen.set(alias, entry);
      }
    }
  },
};
