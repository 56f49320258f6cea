import { describe, expect, it } from 'vitest';
import { describeEvent } from '../../../src/core/progress/describe-event.js';
import { sampleEvent } from '../../helpers/progress.js';

const card = 'card/aisafe/softmax-limit';

function answered(result: 'correct' | 'partly' | 'wrong' | 'unknown' | 'skipped') {
  return sampleEvent('question.answered', card, {
    sitting: 's',
    mode: 'quiz',
    seed: 's',
    answer: { type: 'unknown' },
    result,
    score: 0,
    confidence: null,
    ms: null,
    concepts: [],
    scheduling: null,
  });
}

const sitting = (topic: string | null, count: number) =>
  sampleEvent('sitting.started', 'sitting/s', {
    mode: 'quiz',
    curriculum: 'aisafe',
    topic,
    items: Array.from({ length: count }, () => ({ question: 'a', seed: 's' })),
    startedAt: '2026-11-01T18:00:00.000Z',
  });

describe('events about questions in words', () => {
  it.each([
    [answered('correct'), 'answered softmax-limit: correct'],
    [answered('partly'), 'answered softmax-limit: partly right'],
    [answered('unknown'), "answered softmax-limit: I don't know"],
    [answered('skipped'), 'skipped question softmax-limit'],
    [sampleEvent('question.flagged', card, { note: 'x' }), 'flagged question softmax-limit'],
    [sampleEvent('question.unflagged', card, {}), 'removed the flag of softmax-limit'],
    [
      sampleEvent('card.suspended', card, { reason: 'leech' }),
      'set question softmax-limit aside (forgotten too often)',
    ],
    [sampleEvent('card.suspended', card, { reason: 'learner' }), 'set question softmax-limit aside'],
    [sampleEvent('card.resumed', card, {}), 'took question softmax-limit up again'],
    [sampleEvent('card.reset', card, { reason: 'learner' }), 'began question softmax-limit anew'],
    [sitting('linear-algebra', 10), 'began a quiz of 10 questions on linear-algebra'],
    [sitting(null, 1), 'began a quiz of 1 question'],
    [sampleEvent('sitting.finished', 'sitting/s', {}), 'finished a sitting of questions'],
  ])('%#', (event, words) => {
    expect(describeEvent(event)).toBe(words);
  });
});
