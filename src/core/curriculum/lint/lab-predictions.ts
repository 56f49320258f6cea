import { quoted } from '../finding.js';
import { readGrader } from './grader-source.js';
import type { Rule } from './rule.js';

export const labPredictions: Rule = {
  id: 'lab-predictions',
  severity: 'error',
  summary: 'A prediction that cannot be scored, since the grader emits no such metric, or two of one name',
  *check({ labs }) {
    for (const { lab, path, package: folder } of labs) {
      const emits = folder?.grader === undefined ? undefined : readGrader(folder.grader).emits;
      const seen = new Set<string>();
      for (const [index, { id, metric }] of (lab.predict ?? []).entries()) {
        const at = [...path, 'predict', index];
        if (seen.has(id)) yield { path: [...at, 'id'], message: `another prediction here has the id ${quoted(id)}` };
        seen.add(id);
        if (emits?.(metric) === false) {
          yield { path: [...at, 'metric'], message: `grader.py emits no metric ${quoted(metric)}` };
        }
      }
    }
  },
};
