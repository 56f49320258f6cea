import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuizResult } from '../../../src/core/quiz/answer.js';
import type { RecordedAnswer } from '../../../src/core/quiz/recorded-answer.js';
import {
  advance,
  beginSitting,
  nextItem,
  planItems,
  quitSitting,
  resumeSitting,
  type Sitting,
  type SittingMove,
  scoreSitting,
  takeBackAnswer,
} from '../../../src/core/quiz/sitting.js';
import { question } from './questions-of.js';

const items = planItems([question('a'), question('b'), question('c')], 'seed');

let actions = 0;
function move(name: string, result: QuizResult = 'correct', score = 1): SittingMove {
  actions += 1;
  return { type: 'answered', question: name, result, score, confidence: null, action: `action-${actions}` };
}

const flag = (name: string): SittingMove => ({ type: 'flagged', question: name, note: 'odd', action: 'flag' });
const having = (...moves: readonly SittingMove[]): Sitting => moves.reduce(advance, beginSitting(items));

/** The sitting after a deed, and how many more questions are answered then. */
function perform(sitting: Sitting, deed: 'answer' | 'undo' | 'flag'): readonly [Sitting, number] {
  const open = nextItem(sitting);
  if (deed === 'flag') return [advance(sitting, flag(open?.question ?? 'c')), 0];
  if (deed === 'answer') return open ? [advance(sitting, move(open.question)), 1] : [sitting, 0];
  const { sitting: back, undone } = takeBackAnswer(sitting);
  return [back, undone.length > 0 ? -1 : 0];
}

describe('a sitting', () => {
  it('gives every question a seed of its own', () => {
    expect(items).toEqual([
      { question: 'a', seed: 'seed/a' },
      { question: 'b', seed: 'seed/b' },
      { question: 'c', seed: 'seed/c' },
    ]);
  });

  it('asks one after the other and ends', () => {
    expect(nextItem(having())?.question).toBe('a');
    expect(nextItem(having(move('a'), move('b', 'skipped', 0)))?.question).toBe('c');
    expect(nextItem(having(move('a'), move('b'), move('c')))).toBeUndefined();
  });

  it('refuses an answer to another question', () => {
    expect(() => having(move('b'))).toThrow('b is not the question that was asked');
  });

  it('takes the last answer back with the flags set since', () => {
    const sitting = having(move('a'), flag('a'), move('b'), flag('b'), flag('c'));
    const { sitting: back, undone } = takeBackAnswer(sitting);
    expect(undone.map((each) => [each.type, each.question])).toEqual([
      ['flagged', 'c'],
      ['flagged', 'b'],
      ['answered', 'b'],
    ]);
    expect(nextItem(back)?.question).toBe('b');
    expect(takeBackAnswer(back).undone).toHaveLength(2);
    expect(takeBackAnswer(having(flag('a')))).toEqual({ sitting: having(flag('a')), undone: [] });
  });

  it('asks nothing more once left', () => {
    expect(nextItem(quitSitting(having(move('a'))))).toBeUndefined();
  });

  it('is resumed from what was answered, without questions that are gone', () => {
    const recorded = ['a'].map((name) => ({ ...move(name), question: name }) as unknown as RecordedAnswer);
    expect(nextItem(resumeSitting(items, recorded))?.question).toBe('b');
    expect(nextItem(resumeSitting(items, recorded, (id) => id !== 'b'))?.question).toBe('c');
    expect(nextItem(resumeSitting(items, [...recorded, move('b') as unknown as RecordedAnswer]))?.question).toBe('c');
  });

  it('is scored over what was not skipped', () => {
    expect(scoreSitting(having(move('a'), move('b', 'partly', 0.5), move('c', 'skipped', 0)))).toEqual({
      asked: 3,
      answered: 2,
      results: { correct: 1, partly: 1, wrong: 0, unknown: 0, skipped: 1 },
      score: 0.75,
    });
    expect(scoreSitting(beginSitting(items)).score).toBeNull();
  });

  it('is where it was after any moves and as many undos', () => {
    const deed = fc.constantFrom('answer' as const, 'undo' as const, 'flag' as const);
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
        let sitting = beginSitting(items);
        let answers = 0;
        for (const each of deeds) {
          const [next, change] = perform(sitting, each);
          sitting = next;
          answers += change;
          expect(nextItem(sitting)).toEqual(items[answers]);
        }
      }),
    );
  });
});
