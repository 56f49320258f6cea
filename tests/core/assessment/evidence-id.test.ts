import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchEvidence, shortEvidenceId } from '../../../src/core/assessment/evidence-id.js';
import { evidence } from './small-curriculum.js';

const id = fc.string({ unit: fc.constantFrom('a', 'b', '0'), minLength: 12, maxLength: 12 });

describe('short ids of evidence', () => {
  it('always lead back to the evidence they were made from', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 30 }), (ids) => {
        const all = new Map(ids.map((each) => [each, evidence(each, [])]));
        for (const each of ids) {
          const match = matchEvidence(all, shortEvidenceId(each, ids));
          expect(match).toMatchObject({ type: 'one', evidence: { id: each } });
        }
      }),
    );
  });

  it('tell none from several', () => {
    const all = new Map(['aaaa1', 'aaaa2'].map((each) => [each, evidence(each, [])]));
    expect(matchEvidence(all, 'aaaa')).toEqual({ type: 'several', ids: ['aaaa1', 'aaaa2'] });
    expect(matchEvidence(all, 'AAAA2')).toMatchObject({ type: 'one' });
    expect(matchEvidence(all, 'bbbb')).toEqual({ type: 'none' });
    expect(matchEvidence(all, 'aaa')).toEqual({ type: 'none' });
  });
});
