import { streamExport } from '../core/exports/build-export.js';
import type { ExportFormat, FormatOptions } from './format.js';

/** One document in the form of curriculum/schema/export.schema.json. */
export const json: ExportFormat = {
  needs: 'everything',
  isForMachines: true,
  parts: ['all', 'tasks', 'events', 'evidence', 'answers', 'labs'],
  write: (source, { part, json: stringify }) => writeDocument('aisafe.export/1', streamExport(source, part), stringify),
};

/** The two lists that grow with the history, which are made as they are gone through, have an element a line. */
function* writeDocument(schema: string, data: object, stringify: FormatOptions['json']): Generator<string> {
  yield `{\n  "schema": ${stringify(schema)},\n  "data": {`;
  let separator = '\n';
  for (const [key, value] of Object.entries(data)) {
    yield `${separator}    ${stringify(key)}: `;
    if (isMadeLazily(value)) yield* writeLines(value, stringify);
    else yield indent(stringify(value, 2));
    separator = ',\n';
  }
  yield '\n  }\n}\n';
}

function* writeLines(elements: Iterable<unknown>, stringify: FormatOptions['json']): Generator<string> {
  let separator = '[\n';
  for (const element of elements) {
    yield `${separator}      ${stringify(element)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]' : '\n    ]';
}

function isMadeLazily(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value);
}

/** Moves all lines but the first to the right; a line feed in JSON text is never inside a string. */
function indent(text: string): string {
  return text.replaceAll('\n', '\n    ');
}
