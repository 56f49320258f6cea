import type { Mutant } from '../curriculum/model.js';

export type AppliedMutant =
  | { readonly type: 'applied'; readonly source: string }
  /** Which edit does not fit, and why. */
  | { readonly type: 'misfit'; readonly message: string };

/** The reference solution with one known mistake. Each edit must fit in exactly one place of what the last one left. */
export function applyMutant(solution: string, mutant: Mutant): AppliedMutant {
  let source = solution;
  for (const { find, replace } of editsOf(mutant)) {
    const at = source.indexOf(find);
    const again = at < 0 ? -1 : source.indexOf(find, at + 1);
    if (at < 0 || again >= 0) {
      const times = at < 0 ? 'does not occur' : 'occurs more than once';
      return { type: 'misfit', message: `the text to be found ${times} in solution.py: ${firstLine(find)}` };
    }
    source = source.slice(0, at) + replace + source.slice(at + find.length);
  }
  if (source === solution) return { type: 'misfit', message: 'the edits change nothing' };
  return { type: 'applied', source };
}

function editsOf({ find, replace, edits }: Mutant): readonly { readonly find: string; readonly replace: string }[] {
  if (edits) return edits;
  return find === undefined || replace === undefined ? [] : [{ find, replace }];
}

function firstLine(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
