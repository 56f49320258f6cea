import { definedNames } from '../../lab/python-source.js';
import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const labFunctions: Rule = {
  id: 'lab-functions',
  severity: 'error',
  summary: 'A function of a lab that its starter or its solution does not define, or that is listed twice',
  *check({ labs }) {
    for (const { lab, path, package: folder } of labs) {
      const seen = new Set<string>();
      for (const [index, name] of lab.functions.entries()) {
        const at = [...path, 'functions', index];
        if (seen.has(name)) yield { path: at, message: `${quoted(name)} is in this list already` };
        seen.add(name);
        for (const file of ['starter', 'solution'] as const) {
          const source = folder?.[file];
          if (source === undefined || definedNames(source).has(name)) continue;
          yield { path: at, message: `${file}.py does not define ${quoted(name)} at its top level` };
        }
      }
    }
  },
};
