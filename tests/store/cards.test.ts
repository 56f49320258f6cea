import { describe, expect, it } from 'vitest';
import type { EventData, NewEvent } from '../../src/core/progress/event.js';
import type { CardState } from '../../src/core/schedule/card.js';
import { defaultParameters } from '../../src/core/schedule/parameters.js';
import { schedule } from '../../src/core/schedule/schedule.js';
import type { Store } from '../../src/store/store.js';
import { eventsOf, movingClock, newStore, projectionRows, started } from './temp-store.js';

const fresh: CardState = { phase: 'new' };
const day = '2026-09-30';

function answer(
  question: string,
  given: Partial<EventData['question.answered']> = {},
  curriculum = 'aisafe',
): NewEvent {
  const data: EventData['question.answered'] = {
    sitting: 's1',
    mode: 'quiz',
    seed: 'seed',
    answer: { type: 'choice', option: 1 },
    result: 'correct',
    score: 1,
    confidence: null,
    ms: 1000,
    concepts: ['softmax'],
    scheduling: null,
    ...given,
  };
  return { kind: 'question.answered', subject: `card/${curriculum}/${question}`, revision: 'aa', data };
}

function review(card: CardState, rating: 1 | 3, dueIn: number) {
  const options = { day, retention: 0.9, parameters: defaultParameters, fuzzSeed: 'f' };
  const record = schedule(card, rating, { ...options, now: new Date(`${day}T12:00:00Z`) });
  if (record.after.phase === 'new') throw new Error('not scheduled');
  const due = new Date(Date.parse(`${day}T00:00:00Z`) + dueIn * 86_400_000).toISOString().slice(0, 10);
  return { ...record, after: { ...record.after, due, intervalDays: dueIn } };
}

const of = (question: string) => ({ subject: `card/aisafe/${question}`, revision: 'aa' });

function played(...events: readonly NewEvent[]): Store {
  const store = newStore();
  for (const event of events) store.append([event]);
  return store;
}

describe('a card', () => {
  it('is what its answers made of it', () => {
    const first = review(fresh, 3, 3);
    const store = played(
      answer('a', { scheduling: first, confidence: 0.8 }),
      answer('a', { scheduling: review(first.after, 1, 1), result: 'wrong', score: 0, confidence: 0.95 }),
      answer('a', { result: 'skipped', score: 0, concepts: [] }),
      answer('a', { result: 'correct', mode: 'check', concepts: ['softmax', 'rank'] }),
    );
    expect(store.card('aisafe', 'a')).toMatchObject({
      card: { phase: 'review', reps: 2, lapses: 1, intervalDays: 1 },
      answers: 3,
      correct: 2,
      lastResult: 'correct',
      lastConfidence: null,
      lapses: 1,
      streaks: { now: 1, best: 1 },
      concepts: ['softmax', 'rank'],
      revision: 'aa',
    });
  });

  it('counts a failed first answer as no lapse', () => {
    const store = played(answer('a', { result: 'wrong', scheduling: review(fresh, 1, 1) }));
    expect(store.card('aisafe', 'a')).toMatchObject({ answers: 1, lapses: 0, card: { lapses: 0 } });
  });

  it('stays new when it was only skipped', () => {
    expect(played(answer('a', { result: 'skipped' })).card('aisafe', 'a')).toMatchObject({ answers: 0, lastAt: null });
  });

  it('is flagged, set aside, taken up again and begun anew', () => {
    const store = played(
      answer('a', { scheduling: review(fresh, 3, 3) }),
      { kind: 'question.flagged', ...of('a'), data: { note: 'two are right' } },
      { kind: 'card.suspended', ...of('a'), data: { reason: 'leech' } },
    );
    expect(store.card('aisafe', 'a')).toMatchObject({
      flagged: { note: 'two are right', revision: 'aa' },
      suspended: { reason: 'leech' },
    });
    store.append([{ kind: 'card.resumed', ...of('a'), data: {} }]);
    store.append([{ kind: 'question.unflagged', ...of('a'), data: {} }]);
    expect(store.card('aisafe', 'a')).toMatchObject({ flagged: null, suspended: null, card: { phase: 'review' } });
    store.append([{ kind: 'card.reset', ...of('a'), data: { reason: 'meaning-changed' } }]);
    expect(store.card('aisafe', 'a')).toMatchObject({ card: { phase: 'new' }, lapses: 0, answers: 1 });
  });

  it('is as before when its answer is undone', () => {
    const store = played(answer('a', { scheduling: review(fresh, 3, 3) }));
    const before = projectionRows(store.path).filter((row) => typeof row === 'object' && row && 'subject' in row);
    store.append([
      answer('a', { result: 'wrong', scheduling: review(fresh, 1, 1) }),
      { kind: 'card.suspended', ...of('a'), data: { reason: 'leech' } },
    ]);
    expect(store.dueCards('aisafe', '2027-01-01', 9).size).toBe(0);
    store.undo(1);
    expect(projectionRows(store.path).filter((row) => typeof row === 'object' && row && 'subject' in row)).toEqual(
      before,
    );
    expect([...store.answers()]).toHaveLength(1);
  });

  it('belongs to its curriculum', () => {
    const store = played(answer('a'), answer('b', {}, 'mine'), answer('c', {}, 'aisafe-2'));
    expect([...store.cards('aisafe').keys()]).toEqual(['a']);
    expect([...store.cards('mine').keys()]).toEqual(['b']);
    expect(store.card('aisafe', 'b')).toBeUndefined();
    expect([...store.answers({ curriculum: 'mine' })].map(({ question }) => question)).toEqual(['b']);
  });

  it('is no part of progress', () => {
    const store = played(answer('a'), started('build-mlp'));
    expect([...store.progress().task.keys()]).toEqual(['aisafe/build-mlp']);
    expect(Object.keys(store.progress())).not.toContain('card');
  });
});

describe('due cards', () => {
  const store = () =>
    played(
      ...[5, 1, 3, 9].map((days) => answer(`in-${days}`, { scheduling: review(fresh, 3, days) })),
      answer('aside', { scheduling: review(fresh, 3, 1) }),
      { kind: 'card.suspended', ...of('aside'), data: { reason: 'learner' } },
      answer('elsewhere', { scheduling: review(fresh, 3, 1) }, 'mine'),
      answer('never-scheduled'),
    );

  it('come longest due first, without those set aside or of other curricula', () => {
    expect([...store().dueCards('aisafe', '2026-10-05', 10).keys()]).toEqual(['in-1', 'in-3', 'in-5']);
    expect([...store().dueCards('aisafe', '2026-10-05', 2).keys()]).toEqual(['in-1', 'in-3']);
    expect(store().dueCards('aisafe', day, 10).size).toBe(0);
  });

  it('are told apart from those due later, which are not read', () => {
    const { cards, later } = store().cardsUntil('aisafe', '2026-10-03');
    expect([...cards.keys()]).toEqual(['aside', 'in-1', 'in-3', 'never-scheduled']);
    expect(cards.get('aside')).toMatchObject({ suspended: { reason: 'learner' } });
    expect([...later].sort()).toEqual(['in-5', 'in-9']);
  });

  it('are counted by day', () => {
    expect([...store().dueCounts('aisafe', '2026-10-01', '2026-10-05')]).toEqual([
      ['2026-10-01', 1],
      ['2026-10-03', 1],
      ['2026-10-05', 1],
    ]);
  });
});

describe('confidence', () => {
  const sure = { confidence: 0.95, result: 'wrong', score: 0 } as const;

  it('is counted over all answers in force', () => {
    const store = played(
      answer('a', { confidence: 0.8 }),
      answer('b', { confidence: 0.8 }),
      answer('a', sure),
      answer('c'),
    );
    expect(store.confidences('aisafe')).toEqual([
      { confidence: 0.8, result: 'correct', count: 2 },
      { confidence: 0.95, result: 'wrong', count: 1 },
    ]);
    store.undo(2);
    expect(store.confidences('aisafe')).toEqual([{ confidence: 0.8, result: 'correct', count: 2 }]);
    expect(store.confidences('mine')).toEqual([]);
  });

  it('finds what was wrong although the learner was sure, until it is right', () => {
    const store = played(
      answer('a', { ...sure, confidence: 0.8 }),
      answer('b', sure),
      answer('c', { ...sure, confidence: 0.6 }),
      answer('d', { ...sure, result: 'partly' }),
    );
    expect([...store.sureButWrong('aisafe', 0.8).keys()]).toEqual(['b', 'a']);
    store.append([answer('b')]);
    expect([...store.sureButWrong('aisafe', 0.8).keys()]).toEqual(['a']);
  });
});

describe('sittings', () => {
  const begun = (id: string, startedAt: string): NewEvent => ({
    kind: 'sitting.started',
    subject: `sitting/${id}`,
    data: { mode: 'quiz', curriculum: 'aisafe', topic: null, items: [{ question: 'a', seed: 's/a' }], startedAt },
  });

  it('are told oldest first, and which of them are open', () => {
    const store = played(begun('z', '2026-09-29T12:00:00.000Z'), begun('b', '2026-09-30T12:00:00.000Z'));
    expect([...store.sittings().keys()]).toEqual(['z', 'b']);
    store.append([{ kind: 'sitting.finished', subject: 'sitting/z', data: {} }]);
    expect([...store.sittings({ open: true }).keys()]).toEqual(['b']);
    expect(store.sitting('z')).toMatchObject({ id: 'z', finishedAt: '2026-09-30T12:00:00.000Z' });
    expect(store.sitting('x')).toBeUndefined();
  });

  it('are not opened by an end whose beginning is missing', () => {
    const store = played({ kind: 'sitting.finished', subject: 'sitting/z', data: {} });
    expect(store.sittings().size).toBe(0);
  });

  it('name their answers', () => {
    const store = played(answer('a'), answer('b', { sitting: 's2' }), answer('c'), answer('d', { sitting: null }));
    store.undo(1);
    expect([...store.answers({ sitting: 's1' })].map(({ question }) => question)).toEqual(['a', 'c']);
    expect([...store.answers({ sitting: 's1', curriculum: 'mine' })]).toEqual([]);
  });
});

describe('answers', () => {
  it('come in order, by question, and from an instant on', () => {
    const clock = movingClock('2026-09-30T12:00:00.000Z');
    const store = newStore(undefined, { clock });
    store.append([answer('a')]);
    clock.set('2026-10-01T12:00:00.000Z');
    store.append([answer('b')]);
    store.append([answer('a', { result: 'wrong' })]);
    expect([...store.answers({ curriculum: 'aisafe', question: 'a' })].map(({ result }) => result)).toEqual([
      'correct',
      'wrong',
    ]);
    const [first, ...others] = [...store.answers({ since: '2026-10-01T12:00:00.000Z' })];
    expect(others).toHaveLength(1);
    expect(first).toMatchObject({
      question: 'b',
      curriculum: 'aisafe',
      day: '2026-10-01',
      revision: 'aa',
      mode: 'quiz',
    });
    expect(first?.action).toBe(eventsOf(store)[1]?.action);
  });

  it('of two machines are all counted, and the later review decides', () => {
    const [one, other] = [newStore('one'), newStore('other', { clock: movingClock('2026-10-02T12:00:00.000Z') })];
    one.append([answer('a', { scheduling: review(fresh, 3, 3) })]);
    other.append([answer('a', { scheduling: review(fresh, 3, 8) })]);
    const events = [eventsOf(one), eventsOf(other)] as const;
    one.merge(events[1]);
    other.merge(events[0]);
    expect(one.card('aisafe', 'a')).toMatchObject({ answers: 2, card: { intervalDays: 8 } });
    expect(other.card('aisafe', 'a')).toEqual(one.card('aisafe', 'a'));
  });
});
