/** A lab and where the learner stands with it, as commands tell of it. */
import { idsOf, type Lab, type Task } from '../curriculum/model.js';
import type { MinuteRange } from '../planning/estimate.js';
import type { MeasuredMetric } from '../progress/lab-event.js';
import { type LabStanding, type LabState, labStanding } from '../progress/lab-state.js';

/** What a pass rests on: enough to repeat the run. */
export interface LabPassSummary {
  readonly at: string;
  readonly seed: number;
  /** Of the lab when it was passed: 12 hex digits. */
  readonly version: string;
  readonly python: string;
  readonly numpy: string;
  /** The solution had been seen before: it counts for no checkpoint. */
  readonly assisted: boolean;
  readonly metrics: readonly MeasuredMetric[];
}

export interface LabSummary {
  readonly id: string;
  readonly title: string;
  readonly standing: LabStanding;
  /** At the learner's pace, low and high. */
  readonly minutes: MinuteRange;
  readonly attempts: number;
  /** Hints seen, all topics together. */
  readonly hints: number;
  readonly pass: LabPassSummary | null;
  /** What to type next. */
  readonly command: string;
}

/** @param pace 1: as long as estimated. */
export function summariseLab(lab: Lab, state: LabState | undefined, pace: number): LabSummary {
  const standing = labStanding(state);
  return {
    id: lab.id,
    title: lab.title,
    standing,
    minutes: atPace(lab.minutes, pace),
    attempts: state?.attempts ?? 0,
    hints: Object.values(state?.hints ?? {}).reduce((sum, step) => sum + step, 0),
    pass: summarisePass(state),
    command: commandFor(lab.id, standing),
  };
}

/** The pass that counts, without what only the program needs. */
export function summarisePass(state: LabState | undefined): LabPassSummary | null {
  if (!state?.passed) return null;
  const { at, seed, version, python, numpy, assisted, metrics } = state.passed;
  return { at, seed, version, python, numpy, assisted, metrics };
}

function atPace([low, high]: readonly [number, number], pace: number): MinuteRange {
  const round = (minutes: number) => Math.max(5, Math.round((minutes * pace) / 5) * 5);
  return [round(low), round(high)];
}

function commandFor(id: string, standing: LabStanding): string {
  switch (standing) {
    case 'not-started':
      return `aisafe lab start ${id}`;
    case 'started':
      return `aisafe lab check ${id}`;
    case 'assisted':
      return `aisafe lab reset ${id}`;
    case 'passed':
      return `aisafe lab solution ${id}`;
  }
}

/**
 * The lab of a task, under its present id or one it had before; retired ones are not offered. The labs are looked at only
 * when the task has one: they are read when they are first looked at.
 */
export function labOfTask(curriculum: { readonly labs: readonly Lab[] }, task: Pick<Task, 'lab'>): Lab | undefined {
  const { lab: id } = task;
  return id === undefined ? undefined : curriculum.labs.find((lab) => !lab.retired && idsOf(lab).includes(id));
}

/** Does a pass of its lab do the whole of this task? */
export function isProvedBy(task: Pick<Task, 'lab' | 'lab_proves'>, lab: Lab): boolean {
  return task.lab_proves === 'full' && task.lab !== undefined && idsOf(lab).includes(task.lab);
}
