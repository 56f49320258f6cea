/**
 * Fills a store with a long history of reviews, and times the saving of one more answer.
 * Run as a process of its own: node fill-store.cjs HOME REVIEWS, with the ids of the questions on standard input.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { EventData, StoredEvent } from '../../src/core/progress/event.js';
import type { CardState } from '../../src/core/schedule/card.js';
import { defaultParameters } from '../../src/core/schedule/parameters.js';
import { schedule } from '../../src/core/schedule/schedule.js';
import { createClock } from '../../src/platform/clock.js';
import { seededRandom } from '../../src/platform/random.js';
import { openStore } from '../../src/store/open.js';

const [home = '', reviews = '0'] = process.argv.slice(2);
const questions = readFileSync(0, 'utf8').split('\n');
const count = Number(reviews);
const dayMs = 86_400_000;
/** About 140 answers a day up to today. */
const days = Math.ceil(count / 140);
const begin = Date.now() - days * dayMs;

const store = openStore({
  path: join(home, 'aisafe.db'),
  backupFolder: join(home, 'backups'),
  clock: createClock(),
  random: seededRandom('bench'),
});

function* history(): Generator<StoredEvent> {
  const cards = new Map<string, CardState>();
  for (let number = 0; number < count; number += 1) {
    const question = questions[number % questions.length] ?? '';
    const now = new Date(begin + Math.floor((number / count) * days) * dayMs + (number % 140) * 60_000);
    const day = now.toISOString().slice(0, 10);
    const data = answered(question, number, now, day, cards.get(question) ?? { phase: 'new' });
    if (data.scheduling) cards.set(question, data.scheduling.after);
    const id = eventId(now.getTime(), number);
    yield {
      id,
      action: id,
      at: now.toISOString(),
      day,
      tz: 'UTC',
      device: '0123456789abcdef',
      kind: 'question.answered',
      subject: `card/aisafe/${question}`,
      revision: null,
      data,
    };
  }
}

function answered(
  question: string,
  number: number,
  now: Date,
  day: string,
  card: CardState,
): EventData['question.answered'] {
  // One answer in seven is wrong, at places that are the same in every run.
  const isRight = number % 7 !== 3;
  const options = { now, day, retention: 0.9, parameters: defaultParameters, fuzzSeed: `${question}/${number}` };
  return {
    sitting: null,
    mode: 'review',
    seed: `${number}`,
    answer: { type: 'choice', option: number % 4 },
    result: isRight ? 'correct' : 'wrong',
    score: isRight ? 1 : 0,
    confidence: 0.8,
    ms: 9000,
    concepts: ['softmax'],
    scheduling: schedule(card, isRight ? 3 : 1, options),
  };
}

/** A UUIDv7 of this millisecond with the number in its random part. */
function eventId(at: number, number: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

const started = performance.now();
const { added } = store.merge(history());
const filled = performance.now() - started;

const [first = ''] = questions;
const saved: number[] = [];
for (let number = 0; number < 40; number += 1) {
  const now = new Date();
  const data = answered(first, count + number, now, now.toISOString().slice(0, 10), { phase: 'new' });
  const before = performance.now();
  store.append([{ kind: 'question.answered', subject: `card/aisafe/${first}`, data }]);
  saved.push(performance.now() - before);
}
store.close();
saved.sort((a, b) => a - b);
process.stdout.write(
  JSON.stringify({ added, filledMs: filled, answerMs: saved[Math.floor(saved.length / 2)], slowestMs: saved.at(-1) }),
);
