import { type Criterion, type Curriculum, idsOf, type Lab, type Task } from '../curriculum/model.js';
import type { LabState } from './lab-state.js';
import type {
  CheckpointState,
  CriterionAnswer,
  CurriculumState,
  EvidenceState,
  FocusState,
  NoteState,
  ProfileState,
  SettingState,
  TaskState,
  TaskStateName,
} from './state.js';
import { subject } from './subject.js';

/** Everything derived from the events, by subject name without its kind (`aisafe/build-mlp`). */
export interface Progress {
  readonly task: ReadonlyMap<string, TaskState>;
  readonly checkpoint: ReadonlyMap<string, CheckpointState>;
  readonly lab: ReadonlyMap<string, LabState>;
  readonly evidence: ReadonlyMap<string, EvidenceState>;
  readonly note: ReadonlyMap<string, NoteState>;
  readonly focus: ReadonlyMap<string, FocusState>;
  readonly setting: ReadonlyMap<string, SettingState>;
  readonly curriculum: ReadonlyMap<string, CurriculumState>;
  readonly profile: ProfileState | undefined;
}

/** Progress of someone who has not begun. */
export const emptyProgress: Progress = {
  task: new Map(),
  checkpoint: new Map(),
  lab: new Map(),
  evidence: new Map(),
  note: new Map(),
  focus: new Map(),
  setting: new Map(),
  curriculum: new Map(),
  profile: undefined,
};

/** An item's id within all curricula. */
export function qualify(curriculum: { readonly id: string }, id: string): string {
  return `${curriculum.id}/${id}`;
}

/**
 * What is known of a task, under its id and under every id it had before. Two machines may have used both names: the
 * later move wins, steps and minutes add up.
 */
export function taskState(progress: Progress, curriculum: { readonly id: string }, task: Task): TaskState | undefined {
  // This is asked several times of every task, and hardly any was renamed.
  if (!task.aliases) return progress.task.get(qualify(curriculum, task.id));
  let merged: TaskState | undefined;
  for (const id of idsOf(task)) {
    const state = progress.task.get(qualify(curriculum, id));
    if (state) merged = merged ? mergeTaskStates(merged, state) : state;
  }
  return merged;
}

/** What is known of a lab: under its id, else under the id it had last before with anything on record. */
export function labState(progress: Progress, curriculum: { readonly id: string }, lab: Lab): LabState | undefined {
  for (const id of idsOf(lab)) {
    const state = progress.lab.get(qualify(curriculum, id));
    if (state) return state;
  }
  return undefined;
}

function mergeTaskStates(a: TaskState, b: TaskState): TaskState {
  const [earlier, later] = a.lastAt <= b.lastAt ? [a, b] : [b, a];
  const status = later.status.state === 'open' ? earlier.status : later.status;
  return {
    status,
    steps: { ...earlier.steps, ...later.steps },
    minutes: a.minutes + b.minutes,
    firstAt: [a.firstAt, b.firstAt].sort()[0] ?? a.firstAt,
    lastAt: later.lastAt,
    revision: later.revision ?? earlier.revision,
  };
}

/**
 * The state a learner sees on a study day: a deferral ends on its day.
 * @param day YYYY-MM-DD
 */
export function taskStateName(state: TaskState | undefined, day: string): TaskStateName {
  if (!state) return 'open';
  const { status } = state;
  if (status.state !== 'deferred' || status.until > day) return status.state;
  return state.minutes > 0 || Object.keys(state.steps).length > 0 ? 'started' : 'open';
}

/** Nothing more is expected of the learner: done or waived. A skipped task does not count as known. */
export function isSettled(state: TaskState | undefined): boolean {
  return state?.status.state === 'done' || state?.status.state === 'waived';
}

/** The answer to a criterion in an attempt, under the criterion's id or one it had before. */
export function criterionAnswer(
  answers: Readonly<Record<string, CriterionAnswer>>,
  criterion: Criterion,
): CriterionAnswer | undefined {
  for (const id of idsOf(criterion)) {
    const answer = answers[id];
    if (answer) return answer;
  }
  return undefined;
}

/** Evidence that names the task or criterion (under any id it has had), oldest first. */
export function evidenceFor(
  progress: Progress,
  curriculum: { readonly id: string },
  ids: readonly string[],
): EvidenceState[] {
  const wanted = new Set(ids.map((id) => qualify(curriculum, id)));
  return [...progress.evidence.values()]
    .filter((evidence) => evidence.items.some((item) => wanted.has(item)))
    .sort((a, b) => (a.addedAt < b.addedAt ? -1 : a.addedAt > b.addedAt ? 1 : a.id < b.id ? -1 : 1));
}

/** The track in focus in this curriculum; undefined when none was chosen or the choice was withdrawn. */
export function focusTrack(progress: Progress, curriculum: Curriculum): string | undefined {
  return progress.focus.get(curriculum.id)?.track ?? undefined;
}

/** The subject to write task events to. */
export function taskSubject(curriculum: { readonly id: string }, task: Task): string {
  return subject.task(curriculum.id, task.id);
}

/**
 * Where an added curriculum is on this computer. A path that came with another computer's history is not followed: it
 * may lead nowhere here, or somewhere else.
 */
export function folderHere(state: CurriculumState | undefined, device: string): string | undefined {
  return state?.folders[device];
}

/** Where an added curriculum is on some computer. */
export function folderAnywhere(state: CurriculumState | undefined): string | undefined {
  return Object.values(state?.folders ?? {})[0];
}

/** Ids of the curricula that were added, on this computer or another, in alphabetical order. */
export function addedCurricula(progress: Progress): readonly string[] {
  return [...progress.curriculum].flatMap(([id, state]) => (folderAnywhere(state) === undefined ? [] : [id])).sort();
}
