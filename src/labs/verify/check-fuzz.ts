import { runSettings, type Subject } from './package.js';
import { runFuzz } from './run-fuzz.js';

export interface FuzzOutcome {
  /** Variants that were tried. */
  readonly tried: number;
  readonly messages: readonly string[];
}

/** Wrong return values must fail a check, and must not break one. */
export async function checkFuzz(subject: Subject): Promise<FuzzOutcome> {
  subject.onProgress?.('wrong return values');
  const file = await subject.bench.place('fuzz', subject.solution, 'solved');
  const { results, deadly, failure } = await runFuzz({ ...runSettings(subject, file), seed: 5 });
  const messages = deadly.map((label) => `${label}: the process ended; a check must stand any return value`);
  for (const { fn, variant, outcome, check, message } of results) {
    if (outcome === 'passed') messages.push(`${fn}:${variant}: no check fails`);
    if (outcome === 'grader_error') messages.push(`${fn}:${variant} breaks the check ${check}: ${lastLine(message)}`);
  }
  if (failure !== undefined) messages.push(failure);
  const { functions, fuzz_ok: excepted = [] } = subject.lab.lab;
  for (const label of excepted) {
    const [name] = label.split(':');
    if (name === undefined || !functions.includes(name))
      messages.push(`fuzz_ok: ${label} names no function of the lab`);
  }
  const isWhole = failure === undefined && !subject.signal?.aborted;
  for (const name of isWhole ? functions : []) {
    const isTried = results.some(({ fn }) => fn === name) || deadly.some((label) => label.startsWith(`${name}:`));
    if (!isTried) messages.push(`${name} was not tried at all`);
  }
  return { tried: results.length + deadly.length, messages };
}

/** A message with a traceback below it: the sentence and the place. */
function lastLine(message: string | null): string {
  const lines = (message ?? '').trim().split('\n');
  const place = lines.findLast((line) => line.trimStart().startsWith('File '));
  return [lines[0], place?.trim()].filter((part) => part).join(' · ');
}
