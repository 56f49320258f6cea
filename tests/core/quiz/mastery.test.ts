import { describe, expect, it } from 'vitest';
import type { Checkpoint, Concept } from '../../../src/core/curriculum/model.js';
import type { AnyEvent } from '../../../src/core/progress/event.js';
import type { CardProgress } from '../../../src/core/progress/state.js';
import { subject } from '../../../src/core/progress/subject.js';
import { type ConceptMastery, conceptMastery, countLevels } from '../../../src/core/quiz/mastery.js';
import { prerequisitesOf, weakestOf } from '../../../src/core/quiz/prerequisites.js';
import type { QuizItem } from '../../../src/core/quiz/quiz-item.js';
import { sampleCurriculum, samplePhase, sampleTask } from '../../helpers/curriculum.js';
import { progressOf, sampleEvent } from '../../helpers/progress.js';
import { answered, dueOn, question } from './questions-of.js';

const day = '2026-11-23';
const concept = (id: string, given: Partial<Concept> = {}): Concept => ({ id, name: id, meaning: `${id}.`, ...given });

const checkpoint: Checkpoint = {
  id: 'check',
  title: 'Ready?',
  criteria: [
    {
      id: 'one',
      question: 'Can you?',
      levels: ['no', 'a little', 'yes', 'very'],
      pass: 2,
      covers: { concepts: ['softmax'] },
    },
  ],
};

const curriculum = sampleCurriculum(
  [
    samplePhase(
      'one',
      [
        sampleTask('read-it', { kind: 'read', concepts: ['softmax'] }),
        sampleTask('build-it', { kind: 'build', concepts: ['old-softmax'] }),
      ],
      { checkpoint },
    ),
  ],
  {
    concepts: [
      concept('vectors'),
      concept('exp', { requires: ['vectors'] }),
      concept('softmax', { aliases: ['old-softmax'], requires: ['exp'] }),
      concept('attention', { requires: ['old-softmax'] }),
      concept('gone', { retired: true }),
    ],
  },
);

interface Given {
  readonly events?: readonly AnyEvent[];
  readonly bank?: readonly QuizItem[];
  readonly cards?: Readonly<Record<string, CardProgress>>;
}

function masteryOf({ events = [], bank = [], cards = {} }: Given): ReadonlyMap<string, ConceptMastery> {
  const progress = progressOf(events);
  return conceptMastery({ curriculum, progress, bank, cards: new Map(Object.entries(cards)), day });
}

const levelOf = (given: Given) => masteryOf(given).get('softmax')?.level;
const task = (id: string) => subject.task('sample', id);
const bank = ['a', 'b', 'c'].map((id) => question(id));
const wrong = answered({ correct: 0, lastResult: 'wrong' });

describe('the level of a concept', () => {
  it('is unseen before anything was done', () => {
    expect(levelOf({ bank })).toBe('unseen');
  });

  it.each(['task.started', 'task.done', 'task.waived'] as const)('is seen after %s of a task to read', (kind) => {
    expect(levelOf({ events: [sampleEvent(kind, task('read-it'), {})] })).toBe('seen');
  });

  it('is seen after an answer, and practised after two right ones, half of them at least', () => {
    expect(levelOf({ bank, cards: { a: wrong } })).toBe('seen');
    expect(levelOf({ bank, cards: { a: answered() } })).toBe('seen');
    expect(levelOf({ bank, cards: { a: answered(), b: answered() } })).toBe('practised');
    expect(levelOf({ bank, cards: { a: answered(), b: answered(), c: wrong } })).toBe('practised');
    const five = [...bank, question('d'), question('e')];
    expect(levelOf({ bank: five, cards: { a: answered(), b: answered(), c: wrong, d: wrong, e: wrong } })).toBe('seen');
  });

  it('is recalled when one was right after it came back, as long as the estimate says so', () => {
    const fresh = { a: dueOn('2026-12-01'), b: dueOn('2026-12-01') };
    expect(levelOf({ bank, cards: fresh })).toBe('recalled');
    const faded = { a: dueOn('2026-05-01'), b: dueOn('2026-05-01') };
    expect(levelOf({ bank, cards: faded })).toBe('practised');
    expect(masteryOf({ bank, cards: faded }).get('softmax')?.isWeak).toBe(true);
    const first = dueOn('2026-12-01');
    if (first.card.phase !== 'review') throw new Error('a scheduled card was wanted');
    const once = { ...first, card: { ...first.card, reps: 1 } };
    expect(levelOf({ bank, cards: { a: once, b: once } })).toBe('practised');
  });

  it('is applied after a task that makes something, under any id of the concept', () => {
    expect(levelOf({ events: [sampleEvent('task.done', task('build-it'), {})] })).toBe('applied');
    expect(levelOf({ events: [sampleEvent('task.waived', task('build-it'), {})] })).toBe('seen');
  });

  it('is explained after an explanation, or a criterion with evidence; a word alone stands beside it', () => {
    const asked = [question('x', { kind: 'explain' })];
    expect(levelOf({ bank: asked, cards: { x: answered() } })).toBe('explained');
    expect(levelOf({ bank: asked, cards: { x: wrong } })).toBe('seen');
    const about = subject.checkpoint('sample', 'check');
    const started = sampleEvent('checkpoint.started', about, { attempt: 't' });
    const reference = { type: 'note', text: 'it' } as const;
    const evidence = sampleEvent('evidence.added', subject.evidence('e'), { items: ['sample/check/one'], reference });
    const answer = (support: { type: 'self-attested' } | { type: 'evidence'; evidence: string[] }) =>
      sampleEvent('checkpoint.answered', about, { attempt: 't', criterion: 'one', level: 2, support });
    const shown = [started, evidence, answer({ type: 'evidence', evidence: ['e'] })];
    expect(levelOf({ events: shown })).toBe('explained');
    const attested = masteryOf({ events: [started, answer({ type: 'self-attested' })] }).get('softmax');
    expect(attested).toMatchObject({
      level: 'unseen',
      criteria: [{ criterion: 'one', reached: 'attested', level: 2 }],
    });
  });

  it('counts questions that were sure and wrong, and calls the concept weak', () => {
    const cards = { a: answered({ lastResult: 'wrong', lastConfidence: 0.95, concepts: ['old-softmax'] }) };
    expect(masteryOf({ bank, cards }).get('softmax')).toMatchObject({ sureButWrong: 1, isWeak: true });
  });

  it('covers every concept that is not retired', () => {
    const mastery = masteryOf({});
    expect([...mastery.keys()]).toEqual(['vectors', 'exp', 'softmax', 'attention']);
    expect(countLevels(mastery.values())).toMatchObject({ unseen: 4, seen: 0 });
  });
});

describe('what a concept builds on', () => {
  it('is found through others and former ids, nearest first', () => {
    const found = prerequisitesOf(masteryOf({}), ['attention']);
    expect(found.map((each) => each.concept.id)).toEqual(['softmax', 'exp', 'vectors']);
  });

  it('has a weakest: the lowest level, then the worst remembered', () => {
    const asked = [...bank, question('v', { concepts: ['vectors'] }), question('e', { concepts: ['exp'] })];
    const cards = { a: answered(), b: answered(), v: dueOn('2026-11-20'), e: dueOn('2026-11-01') };
    const mastery = masteryOf({ bank: asked, cards });
    expect(weakestOf(prerequisitesOf(mastery, ['attention']))?.concept.id).toBe('exp');
    expect(weakestOf(prerequisitesOf(masteryOf({}), ['vectors']))).toBeUndefined();
  });
});
