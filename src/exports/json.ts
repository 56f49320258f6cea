import { streamExport } from '../core/exports/build-export.js';
import type { ExportFormat, FormatOptions } from './format.js';

/** One document in the form of curriculum/schema/export.schema.json. */
export const json: ExportFormat = {
  needs: 'everything',
  isForMachines: true,
  parts: ['all', 'tasks', 'events', 'evidence', 'answers', 'labs'],
  write: (source, { part, json: stringify }) => writeDocument('aisafe.export/1', streamExport(source, part), stringify),
};

/** The same text as `stringify({ schema, data }, 2)`, an element of a list at a time. */
function* writeDocument(schema: string, data: object, stringify: FormatOptions['json']): Generator<string> {
  yield `{\n  "schema": ${stringify(schema)},\n  "data": {`;
  let separator = '\n';
  for (const [key, value] of Object.entries(data)) {
    yield `${separator}    ${stringify(key)}: `;
    yield* writeValue(value, stringify);
    separator = ',\n';
  }
  yield '\n  }\n}\n';
}

function* writeValue(value: unknown, stringify: FormatOptions['json']): Generator<string> {
  if (!isList(value)) {
    yield indent(stringify(value, 2), 4);
    return;
  }
  let separator = '[\n';
  for (const element of value) {
    yield `${separator}      ${indent(stringify(element, 2), 6)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]' : '\n    ]';
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** Moves all lines but the first to the right; a line feed in JSON text is never inside a string. */
function indent(text: string, columns: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(columns)}`);
}
