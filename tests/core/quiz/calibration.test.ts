import { describe, expect, it } from 'vitest';
import type { QuizResult } from '../../../src/core/quiz/answer.js';
import { calibrate, mistakenConcepts, sureMistakes } from '../../../src/core/quiz/calibration.js';
import { answered } from './questions-of.js';

const of = (confidence: number, result: QuizResult, count: number) => ({ confidence, result, count });

describe('calibration', () => {
  it('says nothing of nothing', () => {
    expect(calibrate([])).toMatchObject({ n: 0, brier: null, confidence: null, correct: null, verdict: null });
  });

  it('has the Brier score: the mean squared distance of confidence and truth', () => {
    // (0.9 - 1)^2 = 0.01 three times, (0.9 - 0)^2 = 0.81 once.
    expect(calibrate([of(0.9, 'correct', 3), of(0.9, 'wrong', 1)]).brier).toBeCloseTo((3 * 0.01 + 0.81) / 4, 12);
    expect(calibrate([of(0.5, 'correct', 7), of(0.5, 'wrong', 2)]).brier).toBe(0.25);
    expect(calibrate([of(1, 'correct', 5)]).brier).toBe(0);
  });

  it('counts an answer that is partly right as not right, and skipped ones not at all', () => {
    const { n, correct } = calibrate([
      of(0.8, 'correct', 1),
      of(0.8, 'partly', 1),
      of(0.8, 'unknown', 1),
      of(0.8, 'skipped', 9),
    ]);
    expect([n, correct]).toEqual([3, 1 / 3]);
  });

  it('has a table of reliability with the number of answers in each row', () => {
    const { bins } = calibrate([
      of(0.5, 'wrong', 2),
      of(0.55, 'correct', 2),
      of(0.6, 'correct', 1),
      of(1, 'correct', 3),
      of(0.95, 'wrong', 1),
    ]);
    expect(bins.map(({ from, to, n, correct }) => [from, to, n, correct])).toEqual([
      [0.5, 0.6, 4, 0.5],
      [0.6, 0.7, 1, 1],
      [0.7, 0.8, 0, null],
      [0.8, 0.9, 0, null],
      [0.9, 1, 4, 0.75],
    ]);
    expect(bins[0]?.confidence).toBeCloseTo(0.525, 12);
  });

  it.each([
    ['below 30 answers: no verdict', [of(0.95, 'wrong', 29)], null],
    ['sure and mostly wrong', [of(0.95, 'wrong', 20), of(0.95, 'correct', 10)], 'overconfident'],
    ['guessing and always right', [of(0.5, 'correct', 30)], 'underconfident'],
    ['as right as sure', [of(0.8, 'correct', 24), of(0.8, 'wrong', 6)], 'calibrated'],
    ['a gap that chance explains', [of(0.8, 'correct', 21), of(0.8, 'wrong', 9)], 'calibrated'],
    ['a gap too small to matter', [of(0.8, 'correct', 76_000), of(0.8, 'wrong', 24_000)], 'calibrated'],
  ] as const)('%s', (_what, counts, verdict) => {
    expect(calibrate(counts).verdict).toBe(verdict);
  });
});

describe('sure but wrong', () => {
  const cards = new Map([
    ['right', answered({ lastResult: 'correct', lastConfidence: 0.95 })],
    ['older', answered({ lastResult: 'wrong', lastConfidence: 0.8, concepts: ['svd'] })],
    [
      'newer',
      answered({
        lastResult: 'wrong',
        lastConfidence: 0.8,
        lastAt: '2026-11-09T12:00:00.000Z',
        concepts: ['svd', 'rank'],
      }),
    ],
    ['surest', answered({ lastResult: 'wrong', lastConfidence: 0.95, concepts: ['softmax'] })],
    ['unsure', answered({ lastResult: 'wrong', lastConfidence: 0.65 })],
    ['unasked', answered({ lastResult: 'wrong' })],
  ]);

  it('lists the surest first, then the newest', () => {
    expect(sureMistakes(cards).map(({ question }) => question)).toEqual(['surest', 'newer', 'older']);
  });

  it('counts the concepts', () => {
    expect([...mistakenConcepts(sureMistakes(cards))]).toEqual([
      ['softmax', 1],
      ['svd', 2],
      ['rank', 1],
    ]);
  });
});
