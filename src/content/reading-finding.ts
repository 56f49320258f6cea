import type { Finding, Position, ReadingRule, Severity } from '../core/curriculum/finding.js';

const top: Position = { line: 1, column: 1 };

/** A finding of the reader; at the top of the file unless it has a place. */
export function readingFinding(
  rule: ReadingRule,
  file: string,
  message: string,
  more: { readonly at?: Position; readonly hint?: string | undefined; readonly severity?: Severity } = {},
): Finding {
  const { line, column } = more.at ?? top;
  const finding = { rule, severity: more.severity ?? 'error', file, line, column, message } as const;
  return more.hint === undefined ? finding : { ...finding, hint: more.hint };
}
