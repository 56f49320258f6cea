import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptsAt, givenAnswers } from '../../../src/core/assessment/attempts.js';
import {
  advance,
  currentCriterion,
  type GivenAnswer,
  type Session,
  type SessionMove,
  startSession,
  unansweredCriteria,
} from '../../../src/core/assessment/session.js';
import type { AnyEvent } from '../../../src/core/progress/event.js';
import { foldSubject } from '../../../src/core/progress/fold.js';
import type { CheckpointState } from '../../../src/core/progress/state.js';
import { criterion, progressWith, smallCurriculum } from './small-curriculum.js';

const criteria = [criterion('a'), criterion('b', { pass: 1 }), criterion('c', { pass: 3 })];
const attested: SessionMove = { type: 'support', support: { type: 'self-attested' } };

function play(
  moves: readonly SessionMove[],
  session: Session = startSession(criteria),
): { readonly session: Session; readonly saved: readonly GivenAnswer[] } {
  const saved: GivenAnswer[] = [];
  let now = session;
  for (const move of moves) {
    const result = advance(now, move);
    now = result.session;
    if (result.answer) saved.push(result.answer);
  }
  return { session: now, saved };
}

const move: fc.Arbitrary<SessionMove> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('level' as const), level: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.constant(attested) },
  {
    weight: 1,
    arbitrary: fc.constant<SessionMove>({ type: 'support', support: { type: 'evidence', evidence: ['e1'] } }),
  },
  { weight: 2, arbitrary: fc.constantFrom<SessionMove>({ type: 'skip' }, { type: 'back' }, { type: 'revisit' }) },
  { weight: 1, arbitrary: fc.constantFrom<SessionMove>({ type: 'finish' }, { type: 'quit' }) },
);

/** Plays the moves that each step offers and leaves the others out. */
function playWhatFits(
  moves: readonly SessionMove[],
  each: (session: Session, saved: readonly GivenAnswer[]) => void,
): void {
  let session = startSession(criteria);
  const saved: GivenAnswer[] = [];
  for (const next of moves) {
    try {
      const result = advance(session, next);
      session = result.session;
      if (result.answer) saved.push(result.answer);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
    each(session, saved);
  }
}

describe('a sitting at a checkpoint', () => {
  it('asks for a level, then for what shows it, and goes on to the next criterion', () => {
    const afterLevel = play([{ type: 'level', level: 2 }]);
    expect(afterLevel.session.step).toEqual({ at: 'support', index: 0, level: 2 });
    expect(afterLevel.saved).toEqual([]);
    const afterSupport = play([attested], afterLevel.session);
    expect(afterSupport.session.step).toEqual({ at: 'level', index: 1 });
    expect(afterSupport.saved.map((each) => [each.criterion.id, each.level, each.support.type])).toEqual([
      ['a', 2, 'self-attested'],
    ]);
  });

  it('asks for nothing that shows a level below the bar', () => {
    const { session, saved } = play([{ type: 'level', level: 1 }]);
    expect(session.step).toEqual({ at: 'level', index: 1 });
    expect(saved.map((each) => each.level)).toEqual([1]);
  });

  it('goes back from the support to the level, and from a level to the criterion before', () => {
    expect(play([{ type: 'level', level: 3 }, { type: 'back' }]).session.step).toEqual({ at: 'level', index: 0 });
    expect(play([{ type: 'level', level: 0 }, { type: 'back' }]).session.step).toEqual({ at: 'level', index: 0 });
    expect(play([{ type: 'back' }]).session.step).toEqual({ at: 'level', index: 0 });
  });

  it('finishes by itself when everything is answered, and reviews when something was skipped', () => {
    const zero: SessionMove = { type: 'level', level: 0 };
    expect(play([zero, zero, zero]).session.step).toEqual({ at: 'finished' });
    const skipped = play([zero, { type: 'skip' }, zero]);
    expect(skipped.session.step).toEqual({ at: 'review' });
    expect(unansweredCriteria(skipped.session).map((each) => each.id)).toEqual(['b']);
    expect(play([{ type: 'revisit' }], skipped.session).session.step).toEqual({ at: 'level', index: 1 });
    expect(play([{ type: 'finish' }], skipped.session).session.step).toEqual({ at: 'finished' });
  });

  it('keeps an earlier answer until the new one is complete', () => {
    const { session } = play([{ type: 'level', level: 2 }, attested, { type: 'back' }, { type: 'level', level: 3 }]);
    expect(session.answers.get('a')?.level).toBe(2);
    expect(play([{ type: 'skip' }], session).session.answers.get('a')?.level).toBe(2);
  });

  it('refuses a level that does not exist, and evidence that names nothing', () => {
    expect(() => play([{ type: 'level', level: 4 }])).toThrow(RangeError);
    expect(() => play([{ type: 'level', level: 1.5 }])).toThrow(RangeError);
    expect(() =>
      play([
        { type: 'level', level: 2 },
        { type: 'support', support: { type: 'evidence', evidence: [] } },
      ]),
    ).toThrow(RangeError);
  });

  it('holds its invariants under any moves', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        playWhatFits(moves, (session, saved) => {
          const { step } = session;
          if (step.at === 'level' || step.at === 'support')
            expect(currentCriterion(session)).toBe(criteria[step.index]);
          else expect(currentCriterion(session)).toBeUndefined();
          if (step.at === 'support') expect(step.level).toBeGreaterThanOrEqual(criteria[step.index]?.pass ?? 0);
          // What the session holds is what was saved, the last word on each criterion.
          const last = new Map(saved.map((each) => [each.criterion.id, each]));
          expect([...session.answers].sort()).toEqual([...last].sort());
          for (const given of saved)
            expect(given.level >= given.criterion.pass || given.support.type === 'self-attested').toBe(true);
        });
      }),
    );
  });

  it('resumes from its saved events with the same answers, at the first criterion without one', () => {
    const { curriculum, checkpoint } = smallCurriculum(criteria);
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        playWhatFits(moves, (session, saved) => {
          if (saved.length === 0) return;
          const state = foldSubject('checkpoint', eventsOf(saved)) as CheckpointState;
          const [attempt] = attemptsAt(progressWith({ attempts: state.attempts }), curriculum, checkpoint);
          const resumed = startSession(criteria, attempt ? givenAnswers(checkpoint, attempt) : []);
          expect([...resumed.answers].sort()).toEqual([...session.answers].sort());
          const open = unansweredCriteria(session)[0];
          expect(currentCriterion(resumed)).toBe(open);
          if (!open) expect(resumed.step).toEqual({ at: 'review' });
        });
      }),
      { numRuns: 50 },
    );
  });

  it('resumes where it stood when nothing was skipped or gone back to', () => {
    const forward = fc.array(fc.nat(3), { maxLength: criteria.length - 1 });
    fc.assert(
      fc.property(forward, (levels) => {
        const moves = levels.flatMap((level, index) =>
          level >= (criteria[index]?.pass ?? 0)
            ? [{ type: 'level' as const, level }, attested]
            : [{ type: 'level' as const, level }],
        );
        const { session } = play(moves);
        expect(startSession(criteria, session.answers.values()).step).toEqual(session.step);
      }),
    );
  });
});

function eventsOf(saved: readonly GivenAnswer[]): AnyEvent[] {
  const common = {
    action: 'x',
    day: '2026-11-02',
    tz: 'UTC',
    device: 'd',
    subject: 'checkpoint/c/check',
    revision: null,
  };
  const at = (index: number) => new Date(Date.UTC(2026, 10, 2, 0, 0, index)).toISOString();
  return [
    { ...common, id: '0', at: at(0), kind: 'checkpoint.started', data: { attempt: 't' } },
    ...saved.map(
      ({ criterion: { id }, level, support }, index): AnyEvent => ({
        ...common,
        id: String(index + 1),
        at: at(index + 1),
        kind: 'checkpoint.answered',
        data: { attempt: 't', criterion: id, level, support },
      }),
    ),
  ];
}
