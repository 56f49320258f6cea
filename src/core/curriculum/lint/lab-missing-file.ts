import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

const always = ['README.md', 'starter.py', 'grader.py', 'solution.py', 'mutants.yaml'] as const;

export const labMissingFile: Rule = {
  id: 'lab-missing-file',
  severity: 'error',
  summary: 'A file that every lab has, or that its lab.yaml names, is not in its folder',
  *check({ labs }) {
    for (const { lab, path, package: folder } of labs) {
      if (!folder) continue;
      for (const name of always) {
        if (!folder.names.includes(name)) yield { path, message: `the folder of ${quoted(lab.id)} has no ${name}` };
      }
      for (const key of ['support', 'files'] as const) {
        for (const [index, name] of (lab[key] ?? []).entries()) {
          if (folder.names.includes(name)) continue;
          yield { path: [...path, key, index], message: `there is no file ${quoted(name)} in the folder of the lab` };
        }
      }
    }
  },
};
