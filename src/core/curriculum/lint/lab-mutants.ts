import { type Path, type Problem, quoted } from '../finding.js';
import type { Mutant } from '../model.js';
import type { Rule } from './rule.js';

export const labMutants: Rule = {
  id: 'lab-mutants',
  severity: 'error',
  summary: 'A mutant whose text does not stand in solution.py exactly once, or two mutants of one name',
  *check({ labs, placeOf }) {
    for (const [index, { package: folder }] of labs.entries()) {
      const seen = new Map<string, number>();
      for (const [place, mutant] of (folder?.mutants ?? []).entries()) {
        const path = ['mutants', index, place];
        const first = seen.get(mutant.id);
        if (first !== undefined) {
          const message = `another mutant has the id ${quoted(mutant.id)} (${placeOf(['mutants', index, first, 'id'])})`;
          yield { path: [...path, 'id'], message };
        }
        seen.set(mutant.id, first ?? place);
        if (folder?.solution !== undefined) yield* misplacedEdits(folder.solution, mutant, path);
      }
    }
  },
};

function* misplacedEdits(solution: string, mutant: Mutant, path: Path): Generator<Problem> {
  const { find = '', edits = [{ find }] } = mutant;
  for (const [number, edit] of edits.entries()) {
    const times = edit.find === '' ? 0 : solution.split(edit.find).length - 1;
    if (times === 1) continue;
    const at = mutant.edits ? [...path, 'edits', number, 'find'] : [...path, 'find'];
    yield { path: at, message: `this text stands in solution.py ${times} times, not once` };
  }
}
