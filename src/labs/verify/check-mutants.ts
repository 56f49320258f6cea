import type { Mutant } from '../../core/curriculum/model.js';
import { applyMutant } from '../../core/lab/apply-mutant.js';
import type { LabRun } from '../../core/lab/lab-run.js';
import { runLab } from '../run-lab.js';
import { runSettings, type Subject } from './package.js';
import { runSeeds } from './run-seeds.js';

/** Two of the pool's seeds: a mistake that is caught on one only is a matter of luck. */
const seeds = [3, 17] as const;

export interface MutantsOutcome {
  readonly caught: readonly Mutant[];
  readonly messages: readonly string[];
}

/** Each known mistake must fail exactly the checks that it is said to fail, and be told what it is. */
export async function checkMutants(subject: Subject): Promise<MutantsOutcome> {
  const caught: Mutant[] = [];
  const messages: string[] = [];
  for (const [index, mutant] of subject.mutants.entries()) {
    if (subject.signal?.aborted) break;
    subject.onProgress?.(`mutant ${index + 1} of ${subject.mutants.length}: ${mutant.id}`);
    const found = await checkMutant(subject, mutant);
    if (found.length === 0) caught.push(mutant);
    messages.push(...found.map((message) => `${mutant.id}: ${message}`));
  }
  return { caught, messages };
}

async function checkMutant(subject: Subject, mutant: Mutant): Promise<readonly string[]> {
  const applied = applyMutant(subject.solution, mutant);
  if (applied.type === 'misfit') return [applied.message];
  const settings = runSettings(subject, await subject.bench.place(`mutant-${mutant.id}`, applied.source, 'solved'));
  const runs = await runSeeds(settings, seeds);
  const messages = runs.flatMap((run) => judge(run, mutant).map((message) => `seed ${run.seed}: ${message}`));
  if (mutant.also_only?.length && !subject.signal?.aborted) {
    const alone = await runLab({ ...settings, seed: seeds[0], only: mutant.also_only });
    for (const { id, status } of alone.checks) {
      if (!isCaught(status)) messages.push(`also_only: ${id}, run alone, is “${status}” and should fail`);
    }
    if (alone.reason) messages.push(`also_only: ${alone.reason.message}`);
  }
  return [...new Set(messages)];
}

function judge(run: LabRun, { fails, message }: Mutant): readonly string[] {
  if (run.reason) return [`${run.reason.code}: ${run.reason.message}`];
  const messages: string[] = [];
  const red = run.checks.filter(({ status }) => status !== 'pass' && status !== 'skip');
  for (const { id, status, message: said } of red) {
    if (!fails.includes(id)) messages.push(`${id} fails too (${status}: ${said}) and is not in fails`);
  }
  for (const id of fails) {
    const check = run.checks.find((each) => each.id === id);
    if (check && !isCaught(check.status)) messages.push(`${id} is “${check.status}” and should fail`);
  }
  const first = run.checks.find(({ id }) => id === fails[0]);
  if (first && isCaught(first.status)) {
    const said = [first.message, first.details ?? ''].join('\n');
    if (!new RegExp(message).test(said)) messages.push(`the message does not match /${message}/: ${first.message}`);
  }
  return messages;
}

function isCaught(status: LabRun['checks'][number]['status']): boolean {
  return status !== 'pass' && status !== 'skip' && status !== 'grader_error';
}
