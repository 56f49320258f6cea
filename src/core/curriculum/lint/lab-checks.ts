import { nearest } from '../../search/nearest.js';
import { didYouMean, type Path, type Problem, quoted } from '../finding.js';
import { readGrader } from './grader-source.js';
import type { Rule } from './rule.js';

export const labChecks: Rule = {
  id: 'lab-checks',
  severity: 'error',
  summary: 'A lab or a mutant that names a check which its grader does not have, or two checks of one name',
  *check({ labs }) {
    for (const [index, { lab, path, package: folder }] of labs.entries()) {
      if (folder?.grader === undefined) continue;
      const { checks } = readGrader(folder.grader);
      for (const id of new Set(checks.filter((each, place) => checks.indexOf(each) !== place))) {
        yield { path, message: `grader.py has two checks named ${quoted(id)}` };
      }
      yield* unknownChecks(checks, lab.integration ?? [], [...path, 'integration']);
      for (const [place, mutant] of folder.mutants.entries()) {
        yield* unknownChecks(checks, mutant.fails, ['mutants', index, place, 'fails']);
        yield* unknownChecks(checks, mutant.also_only ?? [], ['mutants', index, place, 'also_only']);
      }
    }
  },
};

function* unknownChecks(checks: readonly string[], named: readonly string[], path: Path): Generator<Problem> {
  for (const [index, id] of named.entries()) {
    if (checks.includes(id)) continue;
    const hint = didYouMean(nearest(id, checks, 1));
    const message = `grader.py has no check ${quoted(id)}`;
    yield { path: [...path, index], message, ...(hint !== undefined && { hint }) };
  }
}
