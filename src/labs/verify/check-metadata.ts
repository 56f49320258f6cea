import type { LabRun } from '../../core/lab/lab-run.js';
import type { Subject } from './package.js';

/** What can be said of the package without running the learner's side of it. */
export function checkMetadata({ lab: { lab }, mutants, starter, solution, guide }: Subject): readonly string[] {
  const messages: string[] = [];
  if (guide !== undefined) {
    const folded = foldSpace(guide);
    for (const sentence of lab.serves) {
      if (!folded.includes(foldSpace(sentence))) messages.push(`serves: the guide does not say “${sentence}”`);
    }
  }
  for (const [topic, steps] of Object.entries(lab.hints)) {
    if (steps.length < 2 || steps.some((step) => step.trim() === '')) {
      messages.push(`hints: the topic ${topic} needs at least two hints, none of them empty`);
    }
  }
  for (const name of repeated(lab.functions)) messages.push(`functions: ${name} is named twice`);
  for (const id of repeated(mutants.map((mutant) => mutant.id))) messages.push(`mutants: the id ${id} is used twice`);
  for (const id of repeated((lab.predict ?? []).map((prediction) => prediction.id))) {
    messages.push(`predict: the id ${id} is used twice`);
  }
  for (const name of lab.functions) {
    for (const [file, source] of [
      ['starter.py', starter],
      ['solution.py', solution],
    ] as const) {
      if (!isDefined(name, source)) messages.push(`functions: ${file} does not define ${name} at its top level`);
    }
  }
  return messages;
}

/** What the grader's plan must agree with, from any run that came as far as the plan. */
export function checkPlan({ lab: { lab }, mutants }: Subject, run: LabRun): readonly string[] {
  const ids = new Set(run.checks.map(({ id }) => id));
  if (ids.size === 0) return [];
  const unknown = (what: string, named: readonly string[]) =>
    named.filter((id) => !ids.has(id)).map((id) => `${what}: the grader has no check ${id}`);
  const messages = [...unknown('integration', lab.integration ?? [])];
  for (const mutant of mutants) {
    messages.push(...unknown(`mutant ${mutant.id}: fails`, mutant.fails));
    messages.push(...unknown(`mutant ${mutant.id}: also_only`, mutant.also_only ?? []));
  }
  for (const { id, hint, uses } of run.checks) {
    if (hint === null) messages.push(`the check ${id} names no topic of hints`);
    else if (!Object.hasOwn(lab.hints, hint)) messages.push(`the check ${id}: there are no hints on ${hint}`);
    for (const name of uses) {
      if (!lab.functions.includes(name)) messages.push(`the check ${id} uses ${name}, which is not in functions`);
    }
  }
  return messages;
}

function foldSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

/** Does a Python file define the name at its top level? */
function isDefined(name: string, source: string): boolean {
  return new RegExp(`^(?:(?:async +)?def|class) +${name}\\b|^${name} *(?::[^=\\n]+)?=(?!=)`, 'm').test(source);
}
