/**
 * Folding: the state of one subject is the fold of its events in order. `applyEvent` is total and forgiving: after a
 * merge of two machines any order of kinds can occur, and the last word wins. What a learner may do next is decided in
 * transitions.ts, not here.
 */
import { isLocalSetting } from '../settings/settings.js';
import type { AnyEvent } from './event.js';
import { foldCard } from './fold-card.js';
import { foldLab } from './fold-lab.js';
import type {
  CheckpointState,
  CurriculumState,
  EvidenceState,
  FocusState,
  NoteState,
  ProfileState,
  SettingState,
  SittingState,
  State,
  StateOf,
  TaskState,
  TaskStatus,
} from './state.js';
import { type SubjectKind, subjectName } from './subject.js';

type Fold<S> = (state: S | undefined, event: AnyEvent) => S | undefined;

const foldTask: Fold<TaskState> = (state, event) => {
  const before: TaskState = state ?? {
    status: { state: 'open' },
    steps: {},
    minutes: 0,
    firstAt: event.at,
    lastAt: event.at,
    revision: null,
  };
  const touched = { ...before, lastAt: event.at, revision: event.revision ?? before.revision };
  const move = (status: TaskStatus): TaskState => ({ ...touched, status });
  switch (event.kind) {
    case 'task.started':
      return move({ state: 'started', at: event.at });
    case 'task.done':
      return move({ state: 'done', at: event.at });
    case 'task.skipped':
      return move({ state: 'skipped', at: event.at, ...event.data });
    case 'task.deferred':
      return move({ state: 'deferred', at: event.at, until: event.data.until });
    case 'task.waived':
      return move({ state: 'waived', at: event.at, ...event.data });
    case 'task.reopened':
      return move(hasWork(before) ? { state: 'started', at: event.at } : { state: 'open' });
    case 'step.done': {
      const steps = { ...before.steps, [event.data.step]: event.at };
      const status: TaskStatus = before.status.state === 'open' ? { state: 'started', at: event.at } : before.status;
      return { ...touched, steps, status };
    }
    case 'step.reopened': {
      const { [event.data.step]: _removed, ...steps } = before.steps;
      return { ...touched, steps };
    }
    case 'time.logged': {
      const status: TaskStatus = before.status.state === 'open' ? { state: 'started', at: event.at } : before.status;
      return { ...touched, minutes: before.minutes + event.data.minutes, status };
    }
    default:
      return state;
  }
};

function hasWork(state: TaskState): boolean {
  return state.minutes > 0 || Object.keys(state.steps).length > 0;
}

const foldCheckpoint: Fold<CheckpointState> = (state, event) => {
  const attempts = state?.attempts ?? [];
  switch (event.kind) {
    case 'checkpoint.started':
      return { attempts: [...attempts, { id: event.data.attempt, startedAt: event.at, answers: {} }] };
    case 'checkpoint.answered': {
      const { attempt, criterion, level, support } = event.data;
      const known = attempts.some((each) => each.id === attempt);
      const all = known ? attempts : [...attempts, { id: attempt, startedAt: event.at, answers: {} }];
      const answer = { level, support, at: event.at, revision: event.revision };
      return {
        attempts: all.map((each) =>
          each.id === attempt ? { ...each, answers: { ...each.answers, [criterion]: answer } } : each,
        ),
      };
    }
    case 'checkpoint.finished':
      return {
        attempts: attempts.map((each) =>
          each.id === event.data.attempt ? { ...each, finishedAt: event.at, ready: event.data.ready } : each,
        ),
      };
    default:
      return state;
  }
};

const foldSitting: Fold<SittingState> = (state, event) => {
  if (event.kind === 'sitting.started') return { id: subjectName(event.subject), ...event.data, finishedAt: null };
  return event.kind === 'sitting.finished' ? state && { ...state, finishedAt: event.at } : state;
};

const foldEvidence: Fold<EvidenceState> = (state, event) => {
  switch (event.kind) {
    case 'evidence.added':
      return { id: subjectName(event.subject), ...event.data, addedAt: event.at };
    case 'evidence.verified':
      return state && { ...state, verified: { at: event.at, ...event.data } };
    case 'evidence.removed':
      return undefined;
    default:
      return state;
  }
};

const foldNote: Fold<NoteState> = (state, event) => {
  if (event.kind === 'note.added') return { id: subjectName(event.subject), ...event.data, at: event.at };
  return event.kind === 'note.removed' ? undefined : state;
};

const foldProfile: Fold<ProfileState> = (state, event) =>
  event.kind === 'profile.set' ? { ...state, ...event.data, at: event.at } : state;

const foldFocus: Fold<FocusState> = (state, event) =>
  event.kind === 'focus.set' ? { ...event.data, at: event.at } : state;

const foldSetting: Fold<SettingState> = (state, event) => {
  if (isLocalSetting(subjectName(event.subject))) return foldLocalSetting(state, event);
  if (event.kind === 'setting.set') return { value: event.data.value };
  return event.kind === 'setting.removed' ? undefined : state;
};

const foldLocalSetting: Fold<SettingState> = (state, event) => {
  const { [event.device]: _before, ...others } = state?.devices ?? {};
  if (event.kind === 'setting.set') {
    const { value } = event.data;
    return { value, devices: { ...others, [event.device]: value } };
  }
  if (event.kind !== 'setting.removed') return state;
  const value = Object.values(others).at(-1);
  return value === undefined ? undefined : { value, devices: others };
};

const foldCurriculum: Fold<CurriculumState> = (state, event) => {
  const before: CurriculumState = state ?? { folders: {} };
  switch (event.kind) {
    case 'curriculum.added':
      return { ...before, folders: { ...before.folders, [event.device]: event.data.path } };
    case 'curriculum.removed': {
      const { [event.device]: _removed, ...folders } = before.folders;
      return { ...before, folders };
    }
    case 'curriculum.accepted':
      return { ...before, accepted: { at: event.at, ...event.data } };
    default:
      return state;
  }
};

const folds: { readonly [K in keyof StateOf]: Fold<StateOf[K]> } = {
  task: foldTask,
  checkpoint: foldCheckpoint,
  card: foldCard,
  lab: foldLab,
  sitting: foldSitting,
  evidence: foldEvidence,
  note: foldNote,
  profile: foldProfile,
  focus: foldFocus,
  setting: foldSetting,
  curriculum: foldCurriculum,
};

/**
 * The state of a subject after one more event.
 * @param kind kind of the subject; `action` subjects have no state.
 * @param state the state before, undefined for a new subject.
 * @returns undefined when the subject is gone (removed evidence, say) or has no state.
 */
export function applyEvent(kind: SubjectKind, state: State | undefined, event: AnyEvent): State | undefined {
  if (kind === 'action') return undefined;
  const fold = folds[kind] as Fold<State>;
  return fold(state, event);
}

/** The state of a subject from all its events, which must be in order and without undone ones. */
export function foldSubject(kind: SubjectKind, events: Iterable<AnyEvent>): State | undefined {
  let state: State | undefined;
  for (const event of events) state = applyEvent(kind, state, event);
  return state;
}
