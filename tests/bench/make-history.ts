/** A history of any length, the same every time but for the day on which it ends. */
import type { EventData, NewEvent, StoredEvent } from '../../src/core/progress/event.js';
import { subject } from '../../src/core/progress/subject.js';
import type { CardState, SchedulingRecord } from '../../src/core/schedule/card.js';
import { defaultParameters } from '../../src/core/schedule/parameters.js';
import { schedule } from '../../src/core/schedule/schedule.js';
import { curriculumId, type Size } from './make-curriculum.js';

/** What the history is about. */
export interface About {
  readonly curriculum: string;
  readonly tasks: readonly string[];
  readonly questions: readonly string[];
}

export interface Length {
  readonly reviews: number;
  /** Events about tasks, time, notes. */
  readonly others: number;
}

const dayMs = 86_400_000;
/** So many events a day, up to today. */
const perDay = 140;

/** The same names as in `makeCurriculum`. */
export function namesOf({ tasks, questions }: Size): About {
  const names = (count: number, letter: string) => Array.from({ length: count }, (_, index) => `${letter}${index}`);
  return { curriculum: curriculumId, tasks: names(tasks, 't'), questions: names(questions, 'q') };
}

export function* makeHistory(about: About, { reviews, others }: Length): Generator<StoredEvent> {
  const total = reviews + others;
  const begin = Date.now() - Math.ceil(total / perDay) * dayMs;
  const cards = new Map<string, CardState>();
  let answered = 0;
  let done = 0;
  for (let number = 0; number < total; number += 1) {
    const now = new Date(begin + Math.floor(number / perDay) * dayMs + (number % perDay) * 60_000);
    const isReview = answered * total <= number * reviews && answered < reviews;
    const event = isReview ? review(about, answered, now, cards) : other(about, done);
    if (isReview) answered += 1;
    else done += 1;
    yield { ...stamp(number, now), revision: null, ...event };
  }
}

function stamp(number: number, now: Date) {
  const time = now.getTime().toString(16).padStart(12, '0');
  // A UUIDv7 of this millisecond with the number in its random part.
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, '0')}`;
  return { id, action: id, at: now.toISOString(), day: dayOf(now), tz: 'UTC', device: '0123456789abcdef' };
}

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);

/** An answer; `cards` is brought up to date. */
export function review(
  { curriculum, questions }: About,
  number: number,
  now: Date,
  cards: Map<string, CardState>,
): NewEvent {
  const question = questions[number % questions.length] ?? '';
  // One answer in seven is wrong, at places that are the same in every run.
  const isRight = number % 7 !== 3;
  const scheduling = scheduleAnswer(cards.get(question) ?? { phase: 'new' }, isRight, question, number, now);
  cards.set(question, scheduling.after);
  const data: EventData['question.answered'] = {
    sitting: null,
    mode: 'review',
    seed: `${number}`,
    answer: { type: 'choice', option: number % 3 },
    result: isRight ? 'correct' : 'wrong',
    score: isRight ? 1 : 0,
    confidence: [0.5, 0.65, 0.8, 0.95][number % 4] ?? 0.5,
    ms: 9000,
    concepts: ['c1'],
    scheduling,
  };
  return { kind: 'question.answered', subject: subject.card(curriculum, question), data };
}

function scheduleAnswer(
  card: CardState,
  isRight: boolean,
  question: string,
  number: number,
  now: Date,
): SchedulingRecord {
  return schedule(card, isRight ? 3 : 1, {
    now,
    day: dayOf(now),
    retention: 0.9,
    parameters: defaultParameters,
    fuzzSeed: `${question}/${number}`,
  });
}

/** A task is begun, half ticked off, timed, and done: half of the tasks, then again. */
function other({ curriculum, tasks }: About, number: number): NewEvent {
  const about = subject.task(curriculum, tasks[Math.floor(number / 4) % Math.ceil(tasks.length / 2)] ?? '');
  switch (number % 4) {
    case 0:
      return { kind: 'task.started', subject: about, data: {} };
    case 1:
      return { kind: 'step.done', subject: about, data: { step: 'first' } };
    case 2:
      return { kind: 'time.logged', subject: about, data: { minutes: 45 } };
    default:
      return { kind: 'task.done', subject: about, data: {} };
  }
}
