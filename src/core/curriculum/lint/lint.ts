import type { Finding, Path, Position } from '../finding.js';
import type { CurriculumContent } from './rule.js';
import { rules } from './rules.js';
import { surveyCurriculum } from './survey.js';

export interface LintContext {
  /** Where a path of the curriculum stands in its files. */
  readonly locate: (path: Path, at: 'key' | 'value') => Position & { readonly file: string };
  /** Places that validation found fault with: rules have nothing to add there. */
  readonly faults: readonly Path[];
}

/** Findings of one rule that are listed, and problems that are looked at for them. */
const mostFindings = 200;
const mostProblems = 1000;
/** References between items; the shipped curriculum has some thousands. */
const mostReferences = 20_000;

/** Runs every lint rule over a curriculum whose files have the right types. Pure; never throws. */
export function lintCurriculum(curriculum: CurriculumContent, { locate, faults }: LintContext): readonly Finding[] {
  const survey = surveyCurriculum(curriculum, (path) => {
    const { file, line } = locate(path, 'value');
    return `${file}:${line}`;
  });
  if (survey.references.length > mostReferences) {
    const message = `the curriculum has more than ${mostReferences} references between its items`;
    return [{ rule: 'too-large', severity: 'error', ...locate([], 'value'), message }];
  }
  const faulty = new Set(faults.map((path) => JSON.stringify(path)));
  const isFaulty = (path: Path) => path.some((_, index) => faulty.has(JSON.stringify(path.slice(0, index + 1))));
  const findings: Finding[] = [];
  for (const rule of rules) {
    let seen = 0;
    let listed = 0;
    for (const { path, at = 'value', severity = rule.severity, message, hint } of rule.check(survey)) {
      if (++seen > mostProblems || listed >= mostFindings) break;
      if (isFaulty(path)) continue;
      listed++;
      const { file, line, column } = locate(path, at);
      const finding = { rule: rule.id, severity, file, line, column, message };
      findings.push(hint === undefined ? finding : { ...finding, hint });
    }
  }
  return findings;
}
