/** Reads what `export` wrote, by this machine or another. Nothing in the file is trusted, and never all of it is held. */
import type { StoredEvent } from '../progress/event.js';
import { checkEvent } from './check-event.js';
import { createDocumentScanner, type DocumentScanner, type Element } from './scan-document.js';

export interface ImportFinding {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface ReadEvent {
  readonly event: StoredEvent;
  readonly file: string;
  readonly line: number;
}

/** What is known of a file when its last event has been taken. */
export interface ExportEnd {
  /** Null when the file is neither. */
  readonly format: 'json' | 'jsonl' | null;
  /** Nothing of the file is to be used when there is one: neither what comes nor what came. */
  readonly findings: readonly ImportFinding[];
}

export interface ReadExport extends ExportEnd {
  readonly events: readonly ReadEvent[];
}

/** After so many findings in a file, the rest would not help anyone. */
const mostFindings = 50;
const longestLine = 1_000_000;

/**
 * The sound events of a file, one at a time.
 * @param file its name, for the findings.
 * @param pieces its text.
 */
export function* readEvents(file: string, pieces: Iterable<string>): Generator<ReadEvent, ExportEnd, undefined> {
  const source = pieces[Symbol.iterator]();
  let begun = '';
  let isWhole = false;
  // The first line says which form it is; a document may be one line.
  while (!isWhole && !begun.includes('\n') && begun.length <= longestLine) {
    const next = source.next();
    isWhole = next.done === true;
    if (!next.done) begun += next.value;
  }
  const all = chain(begun, source);
  const end = begun.indexOf('\n');
  const header = parseJson(end < 0 ? begun : begun.slice(0, end));
  const isLines = header.valid && schemaOf(header.value)?.startsWith('aisafe.events/') === true;
  return yield* isLines && header.valid ? readLines(file, all, header.value) : readDocument(file, all);
}

/** The same for a text at hand; no events when there is a finding. */
export function readExport(file: string, text: string): ReadExport {
  const reading = readEvents(file, [text]);
  const events: ReadEvent[] = [];
  for (;;) {
    const next = reading.next();
    if (next.done) return { ...next.value, events: next.value.format === null ? [] : events };
    events.push(next.value);
  }
}

function* chain(first: string, rest: Iterator<string>): Generator<string> {
  yield first;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

function* readLines(
  file: string,
  pieces: Iterable<string>,
  header: unknown,
): Generator<ReadEvent, ExportEnd, undefined> {
  const fail = (line: number, message: string): ExportEnd => ({ format: 'jsonl', findings: [{ file, line, message }] });
  if (schemaOf(header) !== 'aisafe.events/1') return fail(1, newerSchema(schemaOf(header)));
  const findings: ImportFinding[] = [];
  let line = 1;
  let events = 0;
  for (const content of linesOf(pieces)) {
    if (line > 1 && content.trim() !== '') {
      const checked = checkLine(content);
      if (checked.valid) {
        events += 1;
        yield { event: checked.event, file, line };
      } else for (const message of checked.problems) findings.push({ file, line, message });
    }
    if (findings.length >= mostFindings) break;
    line += 1;
  }
  const promised = fieldOf(header, 'events');
  if (findings.length === 0 && promised !== events) {
    return fail(
      line - 1,
      `the first line promises ${String(promised)} events, and ${events} are here: the file is not whole`,
    );
  }
  return { format: 'jsonl', findings };
}

function checkLine(content: string): ReturnType<typeof checkEvent> {
  if (content.length > longestLine) return { valid: false, problems: [`is longer than ${longestLine} characters`] };
  const parsed = parseJson(content);
  return parsed.valid ? checkEvent(parsed.value) : { valid: false, problems: [notJson(parsed)] };
}

/** The lines; of one that is longer than any may be, no more than shows that it is. */
function* linesOf(pieces: Iterable<string>): Generator<string> {
  let begun = '';
  for (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      yield begun + piece.slice(start, end);
      begun = '';
      start = end + 1;
    }
    if (begun.length <= longestLine) begun += piece.slice(start);
  }
  if (begun !== '') yield begun;
}

function* readDocument(file: string, pieces: Iterable<string>): Generator<ReadEvent, ExportEnd, undefined> {
  const scanner = createDocumentScanner();
  const findings: ImportFinding[] = [];
  let traces = 0;
  for (const { list, line, text, value } of elementsOf(scanner, pieces)) {
    if (list === 'events' && text !== undefined) traces += 1;
    if (findings.length >= mostFindings) continue;
    const parsed: Parsed = text === undefined ? { valid: true, value } : parseJson(text);
    if (!parsed.valid) return failDocument(file, line + linesBefore(text, parsed.position), notJson(parsed));
    if (list !== 'events') continue;
    const checked = checkEvent(parsed.value);
    if (checked.valid) yield { event: checked.event, file, line };
    else for (const message of checked.problems) findings.push({ file, line, message });
  }
  return checkRest(file, scanner, traces) ?? { format: 'json', findings };
}

function* elementsOf(scanner: DocumentScanner, pieces: Iterable<string>): Generator<Element> {
  for (const piece of pieces) yield* scanner.take(piece);
}

/** How many lines of an element end before a place in it; without one, before its end. */
function linesBefore(text = '', position = text.length): number {
  return text.slice(text.search(/\S|$/), position).trimEnd().split('\n').length - 1;
}

function notJson({ problem }: { readonly problem: string }): string {
  return `is not JSON: ${problem}`;
}

/**
 * What is wrong with a document beside its events; undefined when nothing is.
 * @param traces how many events should be left of the list.
 */
function checkRest(file: string, scanner: DocumentScanner, traces: number): ExportEnd | undefined {
  const text = scanner.rest();
  const fail = (line: number, message: string) => failDocument(file, line, message);
  if (text.trim() === '') return fail(1, 'the file is empty');
  const parsed = parseJson(text);
  if (!parsed.valid) return fail(scanner.lineOf(parsed.position ?? text.length), notJson(parsed));
  const schema = schemaOf(parsed.value);
  if (schema !== 'aisafe.export/1')
    return fail(1, schema?.startsWith('aisafe.export/') ? newerSchema(schema) : notAnExport);
  const list = fieldOf(fieldOf(parsed.value, 'data'), 'events');
  if (list === undefined) return fail(1, 'holds no events: it was made with --what; export again without it');
  if (!Array.isArray(list)) return fail(1, 'data.events: must be a list');
  return list.length === traces ? undefined : fail(1, 'data.events: is there twice');
}

function failDocument(file: string, line: number, message: string): ExportEnd {
  return { format: null, findings: [{ file, line, message }] };
}

const notAnExport =
  'is not an export of aisafe: the first key should be "schema": "aisafe.export/1" or "aisafe.events/1"';

function newerSchema(schema: string | undefined): string {
  return `was written in the form ${schema}, which this version does not know: update aisafe`;
}

type Parsed =
  | { readonly valid: true; readonly value: unknown }
  | { readonly valid: false; readonly problem: string; readonly position: number | undefined };

function parseJson(text: string): Parsed {
  try {
    return { valid: true, value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /at position (\d+)/.exec(message)?.[1];
    const problem = message.replace(/ in JSON at position .*$/s, '').replace(/^(.{120}).*$/s, '$1…');
    return { valid: false, problem, position: position === undefined ? undefined : Number(position) };
  }
}

function schemaOf(value: unknown): string | undefined {
  const schema = fieldOf(value, 'schema');
  return typeof schema === 'string' ? schema : undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
