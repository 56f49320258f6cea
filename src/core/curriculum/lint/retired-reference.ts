import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const retiredReference: Rule = {
  id: 'retired-reference',
  severity: 'error',
  summary: 'A live item that relies on a retired one',
  *check({ references, byId }) {
    for (const { id, path, kinds, isLive } of references) {
      const target = byId.get(id);
      if (!isLive || !target?.isRetired || !kinds.includes(target.kind)) continue;
      yield { path, message: `the ${target.kind} ${quoted(id)} is retired` };
    }
  },
};
