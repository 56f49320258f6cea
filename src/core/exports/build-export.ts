/** Puts everything about a learner together in the form that is published: the `data` of `export --format json`. */
import { type Checkpoint, type Curriculum, tasksOf } from '../curriculum/model.js';
import type { StoredEvent } from '../progress/event.js';
import { type Progress, qualify, taskState } from '../progress/progress.js';
import type { CheckpointState } from '../progress/state.js';
import { subject } from '../progress/subject.js';
import { eventsSince } from './events-since.js';
import { exportAnswers } from './export-answers.js';
import { exportCheckpoint } from './export-checkpoint.js';
import { exportLab } from './export-lab.js';
import type {
  ExportData,
  ExportedAnswer,
  ExportedCheckpoint,
  ExportedEvidence,
  ExportedLab,
  ExportedTask,
} from './export-schema.js';
import type { ExportPart, ExportSource } from './export-source.js';
import { exportTask } from './export-task.js';

/**
 * The same store, curriculum and `since` give the same data, key for key: it depends neither on the time nor on the
 * device. Tasks and checkpoints of other curricula, and those that a curriculum has dropped, follow in order of id.
 */
export function buildExport(source: ExportSource, part: ExportPart): ExportData {
  const { answers, labs, notes, events, ...rest } = streamExport(source, part);
  return {
    ...rest,
    ...(answers && { answers: [...answers] }),
    ...(labs && { labs }),
    ...(notes && { notes }),
    ...(events && { events: [...events] }),
  };
}

/** The same with its two long lists made while they are gone through. */
export interface StreamedExport extends Omit<ExportData, 'answers' | 'events'> {
  readonly answers?: Iterable<ExportedAnswer>;
  readonly events?: Iterable<StoredEvent>;
}

export function streamExport(source: ExportSource, part: ExportPart): StreamedExport {
  const { curriculum, progress, since } = source;
  const isWanted = subjectFilter(source);
  const wants = (...parts: readonly ExportPart[]) => part === 'all' || parts.includes(part);
  return {
    curriculum: {
      id: curriculum.id,
      title: curriculum.title,
      version: curriculum.version,
      revision: curriculum.revision,
    },
    since: since ?? null,
    profile: exportProfile(progress),
    focus: exportFocus(progress),
    settings: inOrder([...progress.setting].map(([key, { value }]) => [key, value])),
    ...(wants('tasks') && { tasks: exportTasks(source, isWanted), checkpoints: exportCheckpoints(source, isWanted) }),
    ...(wants('evidence') && { evidence: exportEvidence(progress, isWanted) }),
    ...(wants('answers') && { answers: exportAnswers(source) }),
    ...(wants('labs') && { labs: exportLabs(source, isWanted) }),
    ...(part === 'all' && { notes: exportNotes(progress, isWanted) }),
    ...(wants('events') && { events: mapLazily(eventsSince(source.effective, since), inFixedOrder) }),
  };
}

type SubjectFilter = (subject: string) => boolean;

/** Which subjects were touched since the day that is asked for. */
function subjectFilter({ effective, since }: ExportSource): SubjectFilter {
  if (since === undefined) return () => true;
  const touched = new Set(mapLazily(eventsSince(effective, since), (event) => event.subject));
  return (name) => touched.has(name);
}

/** An event with its keys in the order that is published. */
function inFixedOrder(event: StoredEvent) {
  const { id, action, at, day, tz, device, kind, subject, revision, data } = event;
  return { id, action, at, day, tz, device, kind, subject, revision, data };
}

function exportProfile({ profile }: Progress): ExportData['profile'] {
  return profile
    ? { background: profile.background ?? null, hoursPerWeek: profile.hoursPerWeek ?? null, at: profile.at }
    : null;
}

function exportFocus({ focus }: Progress): ExportData['focus'] {
  return sortedEntries(focus).map(([curriculum, { track, answers, at }]) => ({
    curriculum,
    track,
    answers: inOrder(Object.entries(answers ?? {})),
    at,
  }));
}

function exportTasks({ curriculum, progress, since }: ExportSource, isWanted: SubjectFilter): ExportedTask[] {
  const evidence = evidenceByItem(progress);
  const evidenceOf = (names: readonly string[]) => [...new Set(names.flatMap((name) => evidence.get(name) ?? []))];
  const seen = new Set<string>();
  const current = [...tasksOf(curriculum)].flatMap((item) => {
    const { task } = item;
    const names = namesOf(curriculum, task);
    for (const name of names) seen.add(name);
    const state = taskState(progress, curriculum, task);
    const isThere =
      since === undefined ? state !== undefined || !task.retired : names.some((name) => isWanted(`task/${name}`));
    return isThere
      ? [exportTask({ curriculum: curriculum.id, id: task.id, item, state, evidence: evidenceOf(names) })]
      : [];
  });
  const elsewhere = sortedEntries(progress.task)
    .filter(([name]) => !seen.has(name) && isWanted(`task/${name}`))
    .map(([name, state]) => exportTask({ ...splitName(name), item: undefined, state, evidence: evidenceOf([name]) }));
  return [...current, ...elsewhere];
}

function exportCheckpoints({ curriculum, progress }: ExportSource, isWanted: SubjectFilter): ExportedCheckpoint[] {
  const seen = new Set<string>();
  const current = curriculum.phases.flatMap((phase) => {
    const { checkpoint } = phase;
    if (!checkpoint) return [];
    const names = namesOf(curriculum, checkpoint);
    for (const name of names) seen.add(name);
    const states = names.flatMap((name) => progress.checkpoint.get(name) ?? []);
    if (states.length === 0 || !names.some((name) => isWanted(subjectOfCheckpoint(name)))) return [];
    return [
      exportCheckpoint({
        curriculum: curriculum.id,
        id: checkpoint.id,
        checkpoint,
        phase: phase.id,
        state: joinAttempts(states),
      }),
    ];
  });
  const elsewhere = sortedEntries(progress.checkpoint)
    .filter(([name]) => !seen.has(name) && isWanted(subjectOfCheckpoint(name)))
    .map(([name, state]) => exportCheckpoint({ ...splitName(name), checkpoint: undefined, phase: null, state }));
  return [...current, ...elsewhere];
}

const subjectOfCheckpoint = (name: string) => `checkpoint/${name}`;

/** Labs of the curriculum in its order, then those of others and those that it has dropped. */
function exportLabs({ curriculum, progress }: ExportSource, isWanted: SubjectFilter): ExportedLab[] {
  const places = new Map(
    curriculum.labs.flatMap((lab, place) => namesOf(curriculum, lab).map((name) => [name, { lab, place }])),
  );
  const placeOf = (name: string) => places.get(name)?.place ?? curriculum.labs.length;
  return sortedEntries(progress.lab)
    .filter(([name]) => isWanted(`lab/${name}`))
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([name, state]) => exportLab({ ...splitName(name), lab: places.get(name)?.lab, state }));
}

function joinAttempts(states: readonly CheckpointState[]): CheckpointState {
  return { attempts: states.flatMap((state) => state.attempts).sort((a, b) => compare(a.startedAt, b.startedAt)) };
}

function exportEvidence(progress: Progress, isWanted: SubjectFilter): ExportedEvidence[] {
  return byTime([...progress.evidence.values()], (each) => each.addedAt)
    .filter(({ id }) => isWanted(subject.evidence(id)))
    .map(({ id, items, reference, note, addedAt, verified }) => ({
      id,
      items: [...items],
      reference,
      note: note ?? null,
      addedAt,
      verified: verified ? { at: verified.at, holds: verified.holds, message: verified.message } : null,
    }));
}

function exportNotes(progress: Progress, isWanted: SubjectFilter): NonNullable<ExportData['notes']> {
  return byTime([...progress.note.values()], (each) => each.at)
    .filter(({ id }) => isWanted(subject.note(id)))
    .map(({ id, item, text, at }) => ({ id, item, text, at }));
}

function evidenceByItem(progress: Progress): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const { id, items } of byTime([...progress.evidence.values()], (each) => each.addedAt)) {
    for (const item of items) ids.set(item, [...(ids.get(item) ?? []), id]);
  }
  return ids;
}

function namesOf(
  curriculum: Curriculum,
  item: Checkpoint | { readonly id: string; readonly aliases?: readonly string[] | undefined },
): readonly string[] {
  return [item.id, ...(item.aliases ?? [])].map((id) => qualify(curriculum, id));
}

function splitName(name: string): { readonly curriculum: string; readonly id: string } {
  const slash = name.indexOf('/');
  return { curriculum: name.slice(0, Math.max(0, slash)), id: name.slice(slash + 1) };
}

function byTime<T extends { readonly id: string }>(all: readonly T[], time: (each: T) => string): readonly T[] {
  return [...all].sort((a, b) => compare(time(a), time(b)) || compare(a.id, b.id));
}

function sortedEntries<V>(map: ReadonlyMap<string, V>): readonly (readonly [string, V])[] {
  return [...map].sort(([a], [b]) => compare(a, b));
}

function inOrder(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries([...entries].sort(([a], [b]) => compare(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function* mapLazily<T, U>(values: Iterable<T>, change: (value: T) => U): Generator<U> {
  for (const value of values) yield change(value);
}
