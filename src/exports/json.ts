import { streamExport } from '../core/exports/build-export.js';
import { eventsSince } from '../core/exports/events-since.js';
import { eventLine } from './event-line.js';
import type { ExportFormat, FormatOptions } from './format.js';

/** One document in the form of curriculum/schema/export.schema.json. */
export const json: ExportFormat = {
  needs: 'everything',
  isForMachines: true,
  parts: ['all', 'tasks', 'events', 'evidence', 'answers', 'labs'],
  write: (source, { part, json: stringify }) => {
    const { effective, since } = source;
    const data = streamExport(source, part);
    const lists = {
      ...(data.answers && { answers: linesOf(data.answers, (answer) => stringify(answer)) }),
      ...(data.events && {
        events: linesOf(eventsSince(effective.texts(), since), (event) => eventLine(event, stringify)),
      }),
    };
    return writeDocument('aisafe.export/1', { ...data, ...lists }, stringify);
  },
};

/** A list comes as a line for each element; those that grow with the history are made as they are gone through. */
function* writeDocument(schema: string, data: object, stringify: FormatOptions['json']): Generator<string> {
  yield `{\n  "schema": ${stringify(schema)},\n  "data": {`;
  let separator = '\n';
  for (const [key, value] of Object.entries(data)) {
    yield `${separator}    ${stringify(key)}: `;
    if (isLines(value)) yield* writeList(value);
    else if (Array.isArray(value)) yield* writeList(value.map((element) => stringify(element)));
    else yield indent(stringify(value, 2));
    separator = ',\n';
  }
  yield '\n  }\n}\n';
}

function* linesOf<T>(elements: Iterable<T>, line: (element: T) => string): Generator<string> {
  for (const element of elements) yield line(element);
}

function* writeList(lines: Iterable<string>): Generator<string> {
  let separator = '[\n';
  for (const line of lines) {
    yield `${separator}      ${line}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]' : '\n    ]';
}

function isLines(value: unknown): value is Iterable<string> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value);
}

/** Moves all lines but the first to the right; a line feed in JSON text is never inside a string. */
function indent(text: string): string {
  return text.replaceAll('\n', '\n    ');
}
