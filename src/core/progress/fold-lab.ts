import type { AnyEvent } from './event.js';
import { type BugHunt, isAided, type LabState } from './lab-state.js';

function untouched(at: string): LabState {
  return {
    folders: {},
    startedAt: null,
    lastAt: at,
    attempts: 0,
    last: null,
    failedSeed: null,
    passed: null,
    submissions: [],
    hints: {},
    solutionSeen: null,
    resetAt: null,
    predictions: {},
    hunts: [],
    trusted: {},
    revision: null,
  };
}

/** Where a lab stands after one more event. */
export function foldLab(state: LabState | undefined, event: AnyEvent): LabState | undefined {
  const { at, day, device } = event;
  const before = state ?? untouched(at);
  const touched: LabState = { ...before, lastAt: at, revision: event.revision ?? before.revision };
  switch (event.kind) {
    case 'lab.started': {
      const folders = { ...before.folders, [device]: event.data.folder };
      return { ...touched, folders, startedAt: before.startedAt ?? at };
    }
    case 'lab.predicted': {
      const { prediction, answer } = event.data;
      return { ...touched, predictions: { ...before.predictions, [prediction]: { answer, at, scored: null } } };
    }
    case 'lab.checked':
      return foldCheck(touched, event);
    case 'lab.submitted': {
      const { sha } = event.data;
      const isKnown = before.submissions.includes(sha);
      return { ...touched, submissions: isKnown ? before.submissions : [...before.submissions, sha] };
    }
    case 'lab.predictions-scored': {
      const predictions = { ...before.predictions };
      for (const { prediction, right, actual } of event.data.scores) {
        const made = predictions[prediction];
        if (made) predictions[prediction] = { ...made, scored: { right, actual } };
      }
      return { ...touched, predictions };
    }
    case 'lab.hinted': {
      const { topic, step } = event.data;
      return { ...touched, hints: { ...before.hints, [topic]: Math.max(step, before.hints[topic] ?? 0) } };
    }
    case 'lab.solution-seen':
      return { ...touched, solutionSeen: { at, day, gaveUp: event.data.gaveUp }, resetAt: null };
    case 'lab.reset':
      return { ...touched, resetAt: at };
    case 'lab.bughunt-started': {
      const { mutant, folder } = event.data;
      const hunt: BugHunt = { mutant, startedAt: at, folders: { [device]: folder }, solvedAt: null };
      return { ...touched, hunts: [...before.hunts, hunt] };
    }
    case 'lab.bughunt-solved': {
      const place = before.hunts.findLastIndex(({ mutant }) => mutant === event.data.mutant);
      const hunts = before.hunts.map((hunt, index) => (index === place ? { ...hunt, solvedAt: at } : hunt));
      return { ...touched, hunts };
    }
    case 'lab.trusted':
      return { ...touched, trusted: { ...before.trusted, [device]: event.data.hash } };
    default:
      return state;
  }
}

type Checked = Extract<AnyEvent, { kind: 'lab.checked' }>;

function foldCheck(before: LabState, { id, at, day, data }: Checked): LabState {
  const { seed, fullRun, passed, checks, topic } = data;
  const isPass = passed && fullRun;
  const after: LabState = {
    ...before,
    attempts: before.attempts + 1,
    last: { at, seed, fullRun, passed: isPass, checks, topic },
    failedSeed: isPass ? null : fullRun ? seed : before.failedSeed,
  };
  if (!isPass) return after;
  const assisted = isAided(before, day);
  if (assisted && before.passed && !before.passed.assisted) return after;
  const { labVersion: version, python, numpy, sourceSha, metrics } = data;
  return { ...after, passed: { at, day, attempt: id, version, seed, python, numpy, sourceSha, metrics, assisted } };
}
