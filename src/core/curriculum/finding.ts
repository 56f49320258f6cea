/** What the reader, the validator and the lint rules say about a curriculum. */
export type Severity = 'error' | 'warning';

/** A place in a file, counted from 1; columns in UTF-16 code units, as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Finding extends Position {
  /** Permanent id of the rule, from `readingRules` or the lint registry. */
  readonly rule: string;
  readonly severity: Severity;
  /** Relative to the folder of the curriculum, with forward slashes. */
  readonly file: string;
  readonly message: string;
  /** What would mend it. */
  readonly hint?: string;
}

/** Keys and indices from the top of a file or of the curriculum down to a value. */
export type Path = readonly (string | number)[];

/** A finding before it has a place: the path says what is wrong, `at` whether its key or its value is shown. */
export interface Problem {
  readonly path: Path;
  readonly at?: 'key' | 'value';
  /** Where it differs from that of the rule. */
  readonly severity?: Severity;
  readonly message: string;
  readonly hint?: string;
}

/** Rules that hold before there is a curriculum to lint: files, text, YAML and the schema. */
export const readingRules = {
  'missing-file': 'A file that the curriculum needs is not there',
  'unreadable-file': 'A file could not be read',
  'not-a-plain-file': 'A folder, device, pipe or link out of the curriculum stands where a file belongs',
  'too-large': 'A file, or the whole curriculum, is larger than any real one',
  'stray-file': 'A YAML file, or the folder of a lab, that nothing reads',
  encoding: 'Text that is not UTF-8',
  'byte-order-mark': 'A byte order mark at the start of a file',
  'control-character': 'A control character, or one that changes the direction of text',
  'yaml-syntax': 'Text that is not YAML 1.2',
  'yaml-documents': 'More than one document in a file, or a directive',
  'yaml-nesting': 'Collections nested too deeply',
  'yaml-alias': 'An alias that leads nowhere, or too many of them',
  'yaml-tag': 'A tag',
  'yaml-key': 'A key that is not a string',
  'duplicate-key': 'The same key twice in one mapping',
  'unknown-key': 'A key that the format does not know',
  'missing-key': 'A key that has to be there',
  'wrong-type': 'A value of another type than the key takes',
  'unknown-value': 'A value that is not one of those allowed',
  'bad-value': 'A value of the right type that is out of range or malformed',
  'phase-id': 'A phase whose id is not the name of its file',
  'lab-id': 'A lab whose id is not the name of its folder',
} as const;

export type ReadingRule = keyof typeof readingRules;

const longestQuote = 60;

/** A value as it is shown in a message: on one line, in quotation marks, cut when long. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const letters = [...text.slice(0, longestQuote * 2).replace(/\s+/g, ' ')];
  return letters.length > longestQuote ? `“${letters.slice(0, longestQuote).join('')}…”` : `“${letters.join('')}”`;
}

/** A question that offers the nearest spellings, or undefined when nothing is near. */
export function didYouMean(nearby: readonly string[]): string | undefined {
  return nearby.length === 0 ? undefined : `Did you mean ${nearby.map(quoted).join(' or ')}?`;
}

/** By place: in the order that the files are read, then from top to bottom. */
export function sortFindings(findings: readonly Finding[], files: readonly string[]): readonly Finding[] {
  const order = new Map(files.map((file, index) => [file, index]));
  const rank = (file: string) => order.get(file) ?? files.length;
  return [...findings].sort(
    (a, b) =>
      rank(a.file) - rank(b.file) ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column,
  );
}
