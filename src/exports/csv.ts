import { referenceText } from '../core/assessment/reference.js';
import { buildExport } from '../core/exports/build-export.js';
import { eventsSince } from '../core/exports/events-since.js';
import type { ExportedAnswer, ExportedEvidence, ExportedLab, ExportedTask } from '../core/exports/export-schema.js';
import type { ExportPart, ExportSource } from '../core/exports/export-source.js';
import type { EvidenceReference, StoredEvent } from '../core/progress/event.js';
import { csvRow } from './csv-row.js';
import type { ExportFormat, FormatOptions } from './format.js';

/** One table: RFC 4180, with a header, safe to open in a spreadsheet. */
export const csv: ExportFormat = {
  needs: 'everything',
  isForMachines: false,
  parts: ['tasks', 'events', 'evidence', 'answers', 'labs', 'all'],
  *write(source, options) {
    const { columns, rows } = tableOf(source, options);
    yield csvRow(columns);
    for (const row of rows) yield csvRow(row);
  },
};

interface Table {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly (string | number | null)[]>;
}

function tableOf(source: ExportSource, { part, json }: FormatOptions): Table {
  switch (part satisfies ExportPart) {
    case 'events':
      return eventTable(source, json);
    case 'evidence':
      return { columns: evidenceColumns, rows: (buildExport(source, 'evidence').evidence ?? []).map(evidenceRow) };
    case 'labs':
      return { columns: labColumns, rows: (buildExport(source, 'labs').labs ?? []).map(labRow(json)) };
    case 'answers':
      return { columns: answerColumns, rows: (buildExport(source, 'answers').answers ?? []).map(answerRow(json)) };
    default:
      return { columns: taskColumns, rows: (buildExport(source, 'tasks').tasks ?? []).map(taskRow) };
  }
}

const taskColumns = [
  'curriculum',
  'id',
  'title',
  'phase',
  'module',
  'kind',
  'state',
  'stateSince',
  'deferredUntil',
  'reason',
  'stepsDone',
  'steps',
  'minutes',
  'firstAt',
  'lastAt',
  'evidence',
];

function taskRow(task: ExportedTask): readonly (string | number | null)[] {
  return [
    task.curriculum,
    task.id,
    task.title,
    task.phase,
    task.module,
    task.kind,
    task.state,
    task.stateSince,
    task.deferredUntil,
    task.reason,
    task.steps.filter((step) => step.doneAt !== null).length,
    task.steps.length,
    task.minutes,
    task.firstAt,
    task.lastAt,
    task.evidence.length,
  ];
}

const evidenceColumns = ['id', 'type', 'reference', 'hash', 'items', 'note', 'addedAt', 'verifiedAt', 'holds'];

function evidenceRow({
  id,
  reference,
  items,
  note,
  addedAt,
  verified,
}: ExportedEvidence): readonly (string | number | null)[] {
  const { text, hash } = referenceCells(reference);
  const holds = verified ? (verified.holds ? 'yes' : 'no') : null;
  return [id, reference.type, text, hash, items.join(' '), note, addedAt, verified?.at ?? null, holds];
}

function referenceCells(reference: EvidenceReference): { readonly text: string; readonly hash: string | null } {
  switch (reference.type) {
    case 'url':
      return { text: reference.url, hash: null };
    case 'commit':
      return { text: reference.repository, hash: reference.commit };
    case 'file':
      return { text: reference.path, hash: reference.sha256 };
    case 'note':
      return { text: reference.text, hash: null };
    case 'lab':
      return { text: referenceText(reference), hash: reference.sha256 };
  }
}

const labColumns = [
  'curriculum',
  'id',
  'title',
  'phase',
  'standing',
  'startedAt',
  'lastAt',
  'attempts',
  'passedAt',
  'seed',
  'version',
  'python',
  'numpy',
  'assisted',
  'hints',
  'predictionsRight',
  'predictionsScored',
  'metrics',
];

function labRow(json: FormatOptions['json']): (lab: ExportedLab) => readonly (string | number | null)[] {
  return (lab) => {
    const scored = lab.predictions.filter(({ right }) => right !== null);
    return [
      lab.curriculum,
      lab.id,
      lab.title,
      lab.phase,
      lab.standing,
      lab.startedAt,
      lab.lastAt,
      lab.attempts,
      lab.pass?.at ?? null,
      lab.pass?.seed ?? null,
      lab.pass?.version ?? null,
      lab.pass?.python ?? null,
      lab.pass?.numpy ?? null,
      lab.pass ? (lab.pass.assisted ? 'yes' : 'no') : null,
      Object.values(lab.hints).reduce((sum, seen) => sum + seen, 0),
      scored.filter(({ right }) => right).length,
      scored.length,
      lab.pass ? json(lab.pass.metrics) : null,
    ];
  };
}

const answerColumns = [
  'curriculum',
  'question',
  'at',
  'day',
  'mode',
  'sitting',
  'seed',
  'answer',
  'result',
  'score',
  'confidence',
  'ms',
  'concepts',
  'rating',
  'due',
  'intervalDays',
  'revision',
];

function answerRow(json: FormatOptions['json']): (answer: ExportedAnswer) => readonly (string | number | null)[] {
  return (answer) => [
    answer.curriculum,
    answer.question,
    answer.at,
    answer.day,
    answer.mode,
    answer.sitting,
    answer.seed,
    json(answer.answer),
    answer.result,
    answer.score,
    answer.confidence,
    answer.ms,
    answer.concepts.join(' '),
    answer.rating,
    answer.due,
    answer.intervalDays,
    answer.revision,
  ];
}

/** All events, with a column that says which of them were taken back. */
function eventTable({ history, effective, since }: ExportSource, json: FormatOptions['json']): Table {
  const inForce = new Set([...effective].map((event) => event.id));
  const row = (event: StoredEvent) => {
    const { id, action, at, day, tz, device, kind, subject, revision, data } = event;
    const undone = inForce.has(id) || kind === 'action.undone' ? 'no' : 'yes';
    return [id, action, at, day, tz, device, kind, subject, revision, json(data), undone];
  };
  const columns = ['id', 'action', 'at', 'day', 'tz', 'device', 'kind', 'subject', 'revision', 'data', 'undone'];
  return { columns, rows: [...eventsSince(history, since)].map(row) };
}
