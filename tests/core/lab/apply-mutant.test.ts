import { describe, expect, it } from 'vitest';
import type { Mutant } from '../../../src/core/curriculum/model.js';
import { applyMutant } from '../../../src/core/lab/apply-mutant.js';

const about = { id: 'm', misconception: 'none', fails: ['a'], message: 'a' };
const apply = (solution: string, edit: Pick<Mutant, 'find' | 'replace' | 'edits'>) =>
  applyMutant(solution, { ...about, ...edit });

describe('a mutant', () => {
  it('is the solution with its edits, taken as they stand', () => {
    expect(apply('x = a + b\n', { find: 'a + b', replace: '$& a' })).toEqual({ type: 'applied', source: 'x = $& a\n' });
    const edits = [
      { find: 'one', replace: 'two' },
      { find: 'two\n', replace: '' },
    ];
    expect(apply('one\n', { edits })).toEqual({ type: 'applied', source: '' });
  });

  it('fits in exactly one place, and changes something', () => {
    const misfit = (message: string) => ({ type: 'misfit', message: expect.stringContaining(message) });
    expect(apply('x = 1', { find: 'y', replace: 'z' })).toEqual(misfit('does not occur in solution.py: y'));
    expect(apply('aaa', { find: 'aa', replace: 'b' })).toEqual(misfit('occurs more than once'));
    expect(apply('x', { find: 'x', replace: 'x' })).toEqual(misfit('change nothing'));
  });
});
