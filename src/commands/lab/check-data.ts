/** What a run of the checks came to, as `aisafe lab check` tells of it: the same for the screen and for `--json`. */
import type { Lab } from '../../core/curriculum/model.js';
import {
  type CheckResult,
  firstRed,
  type LabRun,
  type Metric,
  type PythonUsed,
  type Reason,
} from '../../core/lab/lab-run.js';
import { writtenFunctions } from '../../core/lab/python-source.js';
import type { PredictionAnswer } from '../../core/progress/lab-event.js';
import type { LabPlace } from './place.js';
import type { ProvedTask, RecordedRun } from './record-run.js';

export interface ScoredPredictionData {
  readonly prediction: string;
  readonly prompt: string;
  readonly answer: PredictionAnswer;
  readonly actual: number;
  readonly right: boolean;
  readonly because: string;
}

export interface LabCheckData {
  readonly lab: string;
  readonly title: string;
  /** The file that was graded. */
  readonly file: string;
  readonly verdict: 'passed' | 'not-yet';
  /** Why the run ended otherwise than by its checks: a file that cannot be loaded, say. */
  readonly reason: Reason | null;
  readonly seed: number;
  readonly fullRun: boolean;
  readonly timeScale: number;
  readonly checks: readonly CheckResult[];
  /** Id of the check to look at first. */
  readonly first: string | null;
  readonly passing: number;
  readonly functions: { readonly written: readonly string[]; readonly all: readonly string[] };
  readonly metrics: readonly Metric[];
  /** What was printed while the file was loaded. */
  readonly loadOutput: string;
  readonly python: PythonUsed | null;
  /** Of the lab: hash of its grader, support files and lab.yaml. */
  readonly version: string;
  readonly ms: number;
  /** The solution was seen before this pass. */
  readonly assisted: boolean;
  readonly predictions: readonly ScoredPredictionData[];
  readonly tasks: readonly ProvedTask[];
  /** Criteria of checkpoints that name the lab. */
  readonly criteria: readonly string[];
  /** Runs so far, this one included. */
  readonly attempts: number;
  /** The same run again. */
  readonly again: string;
  /** What to type next. */
  readonly command: string;
}

export interface CheckOutcomeInput {
  readonly place: LabPlace;
  readonly run: LabRun;
  readonly file: string;
  /** Text of the learner's file. */
  readonly source: string;
  readonly only: readonly string[] | undefined;
  readonly recorded: RecordedRun;
}

export function describeRun({ place, run, file, source, only, recorded }: CheckOutcomeInput): LabCheckData {
  const { lab, state } = place;
  const red = firstRed(run);
  const passed = run.verdict === 'passed';
  const again = [
    `aisafe lab check ${lab.id}`,
    ...(only === undefined ? [] : [`--only ${only.join(',')}`]),
    `--seed ${run.seed}`,
  ].join(' ');
  return {
    lab: lab.id,
    title: lab.title,
    file,
    verdict: passed ? 'passed' : 'not-yet',
    reason: run.reason,
    seed: run.seed,
    fullRun: run.fullRun,
    timeScale: run.timeScale,
    checks: run.checks,
    first: red?.id ?? null,
    passing: run.checks.filter(({ status }) => status === 'pass').length,
    functions: { written: writtenFunctions(source, lab.functions), all: lab.functions },
    metrics: run.metrics,
    loadOutput: run.output.load,
    python: run.python,
    version: recorded.version,
    ms: Math.round(run.ms),
    assisted: recorded.assisted,
    predictions: describePredictions(lab, place, recorded),
    tasks: recorded.tasks,
    criteria: recorded.criteria,
    attempts: (state?.attempts ?? 0) + 1,
    again,
    command: nextCommand(place, run, red, only),
  };
}

function describePredictions(lab: Lab, { state }: LabPlace, { scores }: RecordedRun): readonly ScoredPredictionData[] {
  return scores.flatMap(({ prediction: id, right, actual }) => {
    const prediction = lab.predict?.find((each) => each.id === id);
    const answer = state?.predictions[id]?.answer;
    if (!prediction || !answer) return [];
    return [{ prediction: id, prompt: prediction.prompt, answer, actual, right, because: prediction.because }];
  });
}

function nextCommand(
  { lab, state }: LabPlace,
  run: LabRun,
  red: CheckResult | undefined,
  only: readonly string[] | undefined,
): string {
  if (run.verdict === 'passed') return `aisafe lab solution ${lab.id}`;
  if (red === undefined)
    return only === undefined ? `aisafe lab check ${lab.id} --seed ${run.seed}` : `aisafe lab check ${lab.id}`;
  if (red.status === 'todo') return `aisafe lab check ${lab.id}`;
  const seen = red.hint === null ? 0 : (state?.hints[red.hint] ?? 0);
  const steps = red.hint === null ? 0 : (lab.hints[red.hint]?.length ?? 0);
  return seen < steps ? `aisafe lab hint ${lab.id}` : `aisafe lab check ${lab.id} --only ${red.id}`;
}
