import type { PlannedCheck } from '../../core/lab/lab-event.js';
import type { LabRun } from '../../core/lab/lab-run.js';
import { runPlanned } from '../run-lab.js';
import { describeRun, runSettings, type Subject } from './package.js';

export interface StarterOutcome {
  readonly run: LabRun;
  readonly plan: readonly PlannedCheck[];
  readonly messages: readonly string[];
}

/** A learner who has written nothing must be told so, and must not get credit for it. */
export async function checkStarter(subject: Subject): Promise<StarterOutcome> {
  const file = await subject.bench.place('starter', subject.starter, 'templates');
  const { run, plan } = await runPlanned({ ...runSettings(subject, file), seed: 0 });
  const messages = run.checks
    .filter(({ status }) => status !== 'todo' && status !== 'skip')
    .map(({ id, status, message }) => `${id} is “${status}” on the starter, not todo or skip: ${message}`);
  if (run.reason) messages.unshift(describeRun(run));
  else if (run.checks.length === 0) messages.push('the grader declares no checks');
  else if (!run.checks.some(({ status }) => status === 'todo')) messages.push('no check is todo on the starter');
  return { run, plan, messages };
}
