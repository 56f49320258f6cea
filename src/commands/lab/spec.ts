import { command, topicOf } from '../../cli/command.js';
import {
  anyArguments,
  argument,
  flag,
  oneOf,
  option,
  optionalArgument,
  options,
  wholeNumber,
} from '../../cli/parameters.js';
import type { BugHuntData, BugHuntInput } from './bughunt.js';
import type { CheckInput } from './check.js';
import type { LabCheckData } from './check-data.js';
import type { DiffData, DiffInput } from './diff.js';
import type { DoctorData } from './doctor.js';
import type { ExportInput, LabExportData } from './export.js';
import type { HintData, HintInput } from './hint.js';
import type { ListData, ListInput } from './list.js';
import type { ResetData, ResetInput } from './reset.js';
import type { SetupData, SetupInput } from './setup.js';
import type { SolutionData, SolutionInput } from './solution.js';
import type { StartData, StartInput } from './start.js';
import type { VerifyInput } from './verify.js';
import type { VerifyData } from './verify-packages.js';
import type { WatchInput } from './watch.js';

const standings = ['not-started', 'started', 'assisted', 'passed'] as const;
const labId = optionalArgument('id', 'a lab, or a task with one; left out: the lab of this folder, else the last one');
const checkIds = (text: string) =>
  text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
const trust = flag('--trust', 'let the code of a lab run that does not come with aisafe');

const list = command<ListInput, ListData>({
  name: 'list',
  summary: 'the labs, with where you stand and what each proves',
  schema: 'aisafe.lab.list/1',
  parameters: {
    phase: option('--phase <phase>', 'only this phase'),
    track: option('--track <track>', 'only this track (default: your focus)'),
    status: option('--status <status>', `only labs that are ${standings.join(', ')}`, oneOf(standings)),
    all: flag('--all', 'every track'),
  },
  load: () => import('./list.js').then((module) => module.list),
  view: () => import('./list.view.js').then((module) => module.viewLabs),
});

const start = command<StartInput, StartData>({
  name: 'start',
  summary: 'copy the starter of a lab to work on, and say what you expect',
  description:
    'Copies the starter, the lesson and the support files into a folder of its own; what is there already is never touched. On a terminal it asks what you expect to find, which is scored once you have passed. Starting a lab starts its task.',
  schema: 'aisafe.lab.start/1',
  parameters: {
    id: argument('id', 'a lab, or a task with one'),
    dir: option('--dir <dir>', 'another folder (default: <lab-folder>/<id>; see aisafe config)'),
    predictions: options('--predict <name=answer>', 'a prediction without being asked; may be given several times'),
    asks: flag('--no-predictions', 'do not ask what you expect'),
  },
  examples: [
    { command: 'aisafe lab start tf-attention', does: 'begin a lab' },
    { command: 'aisafe lab start tf-attention --predict raw-spread=8 --predict sharper=up', does: 'for a script' },
  ],
  load: () => import('./start.js').then((module) => module.start),
  view: () => import('./start.view.js').then((module) => module.viewStart),
});

const check = command<CheckInput, LabCheckData>({
  name: 'check',
  summary: 'grade what you wrote, in your own Python',
  description:
    'Runs every check of the lab on your file and shows the first one that does not pass in full: where, what was expected, what came, and the mistake if it is a known one. The numbers are drawn anew in each run until one fails; that run is then repeated until it passes. A full run that passes is kept with its seed as evidence. Your code runs with your rights on this computer; it is not shut in.\n\nExit code 0: passed; 1: not yet; 4: the lab itself is faulty; 7: no Python with NumPy was found.',
  schema: 'aisafe.lab.check/1',
  parameters: {
    id: labId,
    only: option('--only <checks>', 'only these checks, by name, with commas; passes nothing', checkIds),
    seed: option('--seed <n>', 'the numbers of an earlier run', wholeNumber(0, 2 ** 31 - 1)),
    watch: flag('--watch', 'check again after every save'),
    trust,
  },
  examples: [
    { command: 'aisafe lab check', does: 'the lab of this folder' },
    { command: 'aisafe lab check tf-attention --seed 81723 --json', does: 'a run once more, for a script' },
  ],
  load: () => import('./check.js').then((module) => module.check),
  view: () => import('./check.view.js').then((module) => module.viewLabCheck),
});

const watch = command<WatchInput, LabCheckData>({
  name: 'watch',
  summary: 'check again after every save, until it passes',
  description:
    'Keys: Enter checks again, h shows a hint, o runs only the check that is red and a all of them, n takes other numbers, q stops. A pass stops and waits.',
  schema: 'aisafe.lab.watch/1',
  parameters: {
    id: labId,
    only: option('--only <checks>', 'only these checks, by name, with commas', checkIds),
    seed: option('--seed <n>', 'the numbers of an earlier run', wholeNumber(0, 2 ** 31 - 1)),
    trust,
  },
  load: () => import('./watch.js').then((module) => module.watch),
  view: () => import('./check.view.js').then((module) => module.viewLabCheck),
});

const hint = command<HintInput, HintData>({
  name: 'hint',
  summary: 'the next hint on what does not work yet',
  description:
    'Each topic has two to four hints, from a nudge to almost the answer. What you have seen is shown beside a pass and takes nothing from it. Exit code 1 when there is nothing more to say.',
  schema: 'aisafe.lab.hint/1',
  parameters: {
    id: labId,
    topic: option('--topic <topic>', 'on this (default: the first check that did not pass last time)'),
    yes: flag('--yes', 'show the last hint of a topic without asking'),
  },
  load: () => import('./hint.js').then((module) => module.hint),
  view: () => import('./hint.view.js').then((module) => module.viewHint),
});

const solution = command<SolutionInput, SolutionData>({
  name: 'solution',
  summary: 'the solution, once you have passed',
  description:
    'With --give-up also before, after three runs and all hints. A pass is then kept as assisted and counts for no checkpoint, until you solve the lab again from its starter on a later day.',
  schema: 'aisafe.lab.solution/1',
  parameters: { id: labId, giveUp: flag('--give-up', 'see it without a pass') },
  load: () => import('./solution.js').then((module) => module.solution),
  view: () => import('./solution.view.js').then((module) => module.viewSolution),
});

const diff = command<DiffInput, DiffData>({
  name: 'diff',
  summary: 'your file beside the solution',
  schema: 'aisafe.lab.diff/1',
  parameters: { id: labId },
  load: () => import('./diff.js').then((module) => module.diff),
  view: () => import('./diff.view.js').then((module) => module.viewDiff),
});

const reset = command<ResetInput, ResetData>({
  name: 'reset',
  summary: 'a fresh starter; your file is kept under another name',
  schema: 'aisafe.lab.reset/1',
  parameters: { id: labId },
  load: () => import('./reset.js').then((module) => module.reset),
  view: () => import('./reset.view.js').then((module) => module.viewReset),
});

const bughunt = command<BugHuntInput, BugHuntData>({
  name: 'bughunt',
  summary: 'after a pass: find the mistake in a colleague’s implementation',
  schema: 'aisafe.lab.bughunt/1',
  parameters: { id: labId, check: flag('--check', 'is it mended?'), trust },
  examples: [{ command: 'aisafe lab bughunt tf-attention --check', does: 'grade the mended file' }],
  load: () => import('./bughunt.js').then((module) => module.bughunt),
  view: () => import('./bughunt.view.js').then((module) => module.viewBugHunt),
});

const setup = command<SetupInput, SetupData>({
  name: 'setup',
  summary: 'give your Python NumPy, after asking',
  description: 'Uses pip or uv, and so the internet. When there is nothing to do it says so.',
  schema: 'aisafe.lab.setup/1',
  parameters: { yes: flag('--yes', 'do not ask') },
  load: () => import('./setup.js').then((module) => module.setup),
  view: () => import('./setup.view.js').then((module) => module.viewSetup),
});

const doctor = command<Record<never, never>, DoctorData>({
  name: 'doctor',
  summary: 'which Python grades the labs, and why',
  schema: 'aisafe.lab.doctor/1',
  parameters: {},
  load: () => import('./doctor.js').then((module) => module.doctor),
  view: () => import('./doctor.view.js').then((module) => module.viewDoctor),
});

const verify = command<VerifyInput, VerifyData>({
  name: 'verify',
  summary: 'for authors: hold labs to their rules',
  description:
    'The starter must pass nothing, the solution every check on 24 seeds and more, each known mistake must fail exactly its checks with its message, and no wrong return value may break a grader or pass. A lab that has not changed since it was verified is not run again, unless --fresh.',
  schema: 'aisafe.lab.verify/1',
  parameters: {
    ids: anyArguments('id', 'labs'),
    all: flag('--all', 'every lab of the curriculum'),
    fresh: flag('--fresh', 'run also what has not changed'),
    guide: option('--guide <file>', 'the text that “serves” quotes, to look the quotations up'),
    trust,
  },
  examples: [{ command: 'aisafe lab verify --all --json', does: 'for CI' }],
  load: () => import('./verify.js').then((module) => module.verify),
  view: () => import('./verify.view.js').then((module) => module.viewVerify),
});

const exportLabs = command<ExportInput, LabExportData>({
  name: 'export',
  summary: 'passed labs as folders for a portfolio: your code, the lesson, the results',
  schema: 'aisafe.lab.export/1',
  parameters: {
    id: labId,
    all: flag('--all', 'every passed lab'),
    output: option('--out <dir>', 'folder to write to'),
  },
  examples: [{ command: 'aisafe lab export --all --out my-labs', does: 'everything you have passed' }],
  load: () => import('./export.js').then((module) => module.exportLabs),
  view: () => import('./export.view.js').then((module) => module.viewLabExport),
});

export const lab = topicOf('Every day', 'lab', 'hands-on labs, graded in your own Python', [
  list,
  start,
  check,
  watch,
  hint,
  solution,
  diff,
  reset,
  bughunt,
  setup,
  doctor,
  verify,
  exportLabs,
]);
