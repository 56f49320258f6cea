import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

const known = ['lab.yaml', 'README.md', 'starter.py', 'grader.py', 'solution.py', 'mutants.yaml', '__pycache__/'];

export const labStrayFile: Rule = {
  id: 'lab-stray-file',
  severity: 'warning',
  summary: 'A file in the folder of a lab that nothing names',
  *check({ labs }) {
    for (const { lab, path, package: folder } of labs) {
      const named = new Set([...known, ...(lab.support ?? []), ...(lab.files ?? [])]);
      for (const name of folder?.names ?? []) {
        // solution_<name>: what lies beside the code of the solution.
        if (named.has(name) || name.startsWith('.') || name.startsWith('solution_')) continue;
        const hint = name.endsWith('/') ? 'A lab has no folders.' : 'Name it in `support` or `files`, or delete it.';
        yield { path, message: `nothing reads ${quoted(name)} in the folder of ${quoted(lab.id)}`, hint };
      }
    }
  },
};
