import { quoted } from '../finding.js';
import { pythonModules } from '../python-modules.js';
import type { Rule } from './rule.js';

const ofThePackage = ['starter.py', 'grader.py', 'solution.py', 'numpy.py', 'run.py'];

export const labFileName: Rule = {
  id: 'lab-file-name',
  severity: 'error',
  summary:
    'A file of a lab that is named like a module of Python, like a file of the package or like another of its files',
  *check({ labs }) {
    for (const { lab, path } of labs) {
      const seen = new Set<string>();
      const files = [
        { name: lab.file, at: ['file'] },
        ...(lab.support ?? []).map((name, index) => ({ name, at: ['support', index] })),
        ...(lab.files ?? []).map((name, index) => ({ name, at: ['files', index] })),
      ];
      for (const { name, at } of files) {
        const problem = problemWith(name, seen);
        seen.add(name);
        if (problem) yield { path: [...path, ...at], message: `${quoted(name)} ${problem}` };
      }
    }
  },
};

function problemWith(name: string, seen: ReadonlySet<string>): string | undefined {
  if (seen.has(name)) return 'is named twice';
  if (ofThePackage.includes(name)) return 'is the name of another part of every lab';
  const module = name.replace(/\.py$/, '');
  return module !== name && pythonModules.has(module) ? `hides the module “${module}” of Python` : undefined;
}
