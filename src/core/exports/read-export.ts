/** Reads what `export` wrote, by this machine or another. Nothing in the file is trusted. */
import type { StoredEvent } from '../progress/event.js';
import { checkEvent } from './check-event.js';
import { locateElements } from './locate-elements.js';

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

export interface ReadExport {
  /** Null when the file is neither. */
  readonly format: 'json' | 'jsonl' | null;
  readonly events: readonly ReadEvent[];
  /** Nothing of the file is to be used when there is one. */
  readonly findings: readonly ImportFinding[];
}

/** After so many findings in a file, the rest would not help anyone. */
const mostFindings = 50;
const longestLine = 1_000_000;

/** @param file its name, for the findings. */
export function readExport(file: string, text: string): ReadExport {
  const end = text.indexOf('\n');
  const header = parseJson(end < 0 ? text : text.slice(0, end));
  const isLines = header.valid && schemaOf(header.value)?.startsWith('aisafe.events/') === true;
  return isLines && header.valid ? readLines(file, text, header.value) : readDocument(file, text);
}

function readLines(file: string, text: string, header: unknown): ReadExport {
  const fail = (line: number, message: string): ReadExport => ({
    format: 'jsonl',
    events: [],
    findings: [{ file, line, message }],
  });
  if (schemaOf(header) !== 'aisafe.events/1') return fail(1, newerSchema(schemaOf(header)));
  const events: ReadEvent[] = [];
  const findings: ImportFinding[] = [];
  let line = 1;
  for (const content of linesOf(text)) {
    if (line > 1 && content.trim() !== '') {
      const checked = checkLine(content);
      if (checked.valid) events.push({ event: checked.event, file, line });
      else for (const message of checked.problems) findings.push({ file, line, message });
    }
    if (findings.length >= mostFindings) break;
    line += 1;
  }
  const promised = fieldOf(header, 'events');
  if (findings.length === 0 && promised !== events.length) {
    return fail(
      line - 1,
      `the first line promises ${String(promised)} events, and ${events.length} are here: the file is not whole`,
    );
  }
  return { format: 'jsonl', events, findings };
}

function checkLine(content: string): ReturnType<typeof checkEvent> {
  if (content.length > longestLine) return { valid: false, problems: [`is longer than ${longestLine} characters`] };
  const parsed = parseJson(content);
  return parsed.valid ? checkEvent(parsed.value) : { valid: false, problems: [`is not JSON: ${parsed.problem}`] };
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    yield text.slice(start, end < 0 ? text.length : end);
    start = end < 0 ? text.length : end + 1;
  }
}

function readDocument(file: string, text: string): ReadExport {
  const fail = (line: number, message: string): ReadExport => ({
    format: null,
    events: [],
    findings: [{ file, line, message }],
  });
  if (text.trim() === '') return fail(1, 'the file is empty');
  const parsed = parseJson(text);
  if (!parsed.valid) return fail(lineAt(text, parsed.position ?? text.length), `is not JSON: ${parsed.problem}`);
  const schema = schemaOf(parsed.value);
  if (schema !== 'aisafe.export/1')
    return fail(1, schema?.startsWith('aisafe.export/') ? newerSchema(schema) : notAnExport);
  const list = fieldOf(fieldOf(parsed.value, 'data'), 'events');
  if (list === undefined) return fail(1, 'holds no events: it was made with --what; export again without it');
  if (!Array.isArray(list)) return fail(1, 'data.events: must be a list');
  return { format: 'json', ...checkList(file, text, list) };
}

const notAnExport =
  'is not an export of aisafe: the first key should be "schema": "aisafe.export/1" or "aisafe.events/1"';

function newerSchema(schema: string | undefined): string {
  return `was written in the form ${schema}, which this version does not know: update aisafe`;
}

function checkList(file: string, text: string, list: readonly unknown[]): Pick<ReadExport, 'events' | 'findings'> {
  const events: { readonly event: StoredEvent; readonly index: number }[] = [];
  const problems: { readonly message: string; readonly index: number }[] = [];
  for (const [index, value] of list.entries()) {
    const checked = checkEvent(value);
    if (checked.valid) events.push({ event: checked.event, index });
    else for (const message of checked.problems) problems.push({ message, index });
    if (problems.length >= mostFindings) break;
  }
  const lines = locateElements(text, ['data', 'events']);
  const lineOf = (index: number) => lines[index] ?? 1;
  return {
    events: events.map(({ event, index }) => ({ event, file, line: lineOf(index) })),
    findings: problems.map(({ message, index }) => ({ file, line: lineOf(index), message })),
  };
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

function lineAt(text: string, position: number): number {
  return text.slice(0, position).trimEnd().split('\n').length;
}
