/**
 * The score behind `aisafe next`: a sum of terms, each with its points and the reason in words. Points are a judgement,
 * kept in one table so that they can be read and argued with.
 */
import type { AvailableTask } from './availability.js';
import { type Deadline, deadlineDays } from './deadlines.js';

export const points = {
  /** Work in hand comes first: finishing beats beginning. */
  started: 30,
  /** Per level of importance, 1 to 5. */
  importance: 6,
  /** A criterion of the last self-assessment was below its bar, and this task covers it. */
  gap: 25,
  /**
   * Per question that the learner last got wrong while being sure, on a concept that this task teaches: up to
   * `sureButWrongAtMost` questions: what one does not know that one does not know is looked at first.
   */
  sureButWrong: 8,
  sureButWrongAtMost: 3,
  /** Per task that waits for this one, directly or not, up to `unlocksAtMost` tasks. */
  unlocks: 2,
  unlocksAtMost: 10,
  /** Made for the chosen track rather than for everybody. */
  track: 10,
  optional: -15,
  /** The whole distance of a phase that has not opened yet. */
  phaseNotOpen: -80,
  /** Per phase and per place in the curriculum: the author's order decides between equals. */
  laterPhase: -6,
  laterPlace: -0.25,
  laterPlaceAtMost: -12,
  /** A deferral has ended. */
  deferralEnded: 12,
  /** An application closes soon: all of it on the last day, none at the horizon (deadlines.ts). */
  deadline: 30,
  /** The task covers a checkpoint that such a program asks for. */
  prepares: 4,
  /** It uses the whole of the time at hand. */
  fit: 8,
} as const;

export interface Term {
  readonly term: keyof typeof points;
  readonly points: number;
  readonly because: string;
}

export interface ScoringFacts {
  readonly task: AvailableTask;
  readonly track: string | undefined;
  /** Tasks that wait for this one. */
  readonly unlocks: number;
  /** Criterion below its bar that this task covers, when there is one. */
  readonly gap: string | undefined;
  /** Of the concepts it teaches, the one that most sure mistakes are about, by name, with their number. */
  readonly sureButWrong: { readonly concept: string; readonly questions: number } | undefined;
  /** 0 to 1, see phaseOpenness. */
  readonly openness: number;
  /** Phases between the learner's present phase and the task's. */
  readonly phasesAhead: number;
  /** Place of the task within its phase, 0 first. */
  readonly place: number;
  /** The application this task is about. */
  readonly deadline: Deadline | undefined;
  /** A program closing soon whose checkpoint this task covers. */
  readonly prepares: Deadline | undefined;
  /** Share of the time at hand that it would use, when the time is given. */
  readonly fit: number | undefined;
}

/** Every term that is not zero, largest effect first. The score is their sum. */
export function scoreTerms(facts: ScoringFacts): readonly Term[] {
  const terms: Term[] = [];
  addTerms(facts, (term, value, because) => {
    const rounded = toHundredths(value);
    if (rounded !== 0) terms.push({ term, points: rounded, because: because() });
  });
  return terms.sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

/** The score alone, without its reasons. */
export function scoreOf(facts: ScoringFacts): number {
  let sum = 0;
  addTerms(facts, (_term, value) => {
    sum += toHundredths(value);
  });
  return toHundredths(sum);
}

function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function addTerms(facts: ScoringFacts, add: (term: Term['term'], value: number, because: () => string) => void): void {
  const { task, phase } = facts.task.item;
  add('importance', points.importance * task.importance, () => `importance ${task.importance} of 5`);
  if (facts.task.state && !facts.task.wasDeferred) add('started', points.started, () => 'you have begun it');
  if (facts.task.wasDeferred) add('deferralEnded', points.deferralEnded, () => 'the day you put it off to has come');
  if (facts.gap) add('gap', points.gap, () => `the last self-assessment was below its bar on “${facts.gap}”`);
  if (facts.sureButWrong) {
    const { concept, questions } = facts.sureButWrong;
    add(
      'sureButWrong',
      points.sureButWrong * Math.min(questions, points.sureButWrongAtMost),
      () =>
        `you were sure and wrong about ${questions === 1 ? 'a question' : `${questions} questions`} on “${concept}”`,
    );
  }
  if (facts.unlocks > 0) {
    const counted = Math.min(facts.unlocks, points.unlocksAtMost);
    add(
      'unlocks',
      points.unlocks * counted,
      () => `${facts.unlocks} later ${facts.unlocks === 1 ? 'task waits' : 'tasks wait'} for it`,
    );
  }
  if (facts.track && task.tracks?.includes(facts.track))
    add('track', points.track, () => `made for the ${facts.track} track`);
  if (task.optional) add('optional', points.optional, () => 'optional');
  if (facts.openness < 1) {
    add(
      'phaseNotOpen',
      points.phaseNotOpen * (1 - facts.openness),
      () => `“${phase.title}” opens as the phase before it fills: ${Math.round(facts.openness * 100)} % there`,
    );
  }
  if (facts.phasesAhead > 0)
    add(
      'laterPhase',
      points.laterPhase * facts.phasesAhead,
      () => `${facts.phasesAhead === 1 ? 'one phase' : `${facts.phasesAhead} phases`} ahead of where you are`,
    );
  add(
    'laterPlace',
    Math.max(points.laterPlaceAtMost, points.laterPlace * facts.place),
    () => `place ${facts.place + 1} in its phase`,
  );
  if (facts.deadline) {
    const nearness = 1 - facts.deadline.days / deadlineDays;
    const { program, closes } = facts.deadline;
    add('deadline', points.deadline * nearness, () => `${program.title} closes on ${closes}`);
  }
  if (facts.prepares) {
    const { program, closes } = facts.prepares;
    add('prepares', points.prepares, () => `prepares for ${program.title}, which closes on ${closes}`);
  }
  const { fit } = facts;
  if (fit !== undefined) add('fit', points.fit * fit, () => `uses ${Math.round(fit * 100)} % of the time at hand`);
}
