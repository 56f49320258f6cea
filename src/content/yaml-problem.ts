import type { ReadingRule, Severity } from '../core/curriculum/finding.js';

/** Something wrong at an offset of a text. */
export interface YamlProblem {
  readonly rule: ReadingRule;
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
  readonly severity?: Severity;
}
