import { command, topic } from '../../cli/command.js';
import { calendarDay, option, options, someArguments, wholeNumber } from '../../cli/parameters.js';
import type { MoveData } from './move.js';
import type { DeferInput, DoneInput, ReasonInput, TasksInput } from './verbs.js';

const view = () => import('./move.view.js').then((module) => module.viewMove);
const tasks = someArguments('id', 'task');
const tasksOrSteps = someArguments('id', 'task, or step as task/step');
const reason = option('--reason <text>', 'why, for your own record');

const start = command<TasksInput, MoveData>({
  name: 'start',
  summary: 'begin a task',
  schema: 'aisafe.start/1',
  parameters: { ids: tasks },
  examples: [{ command: 'aisafe start build-mlp-numpy', does: 'begin it, and see its steps and resources' }],
  load: () => import('./verbs.js').then((module) => module.start),
  view,
});

const done = command<DoneInput, MoveData>({
  name: 'done',
  summary: 'finish a task, or tick a step',
  description:
    'Evidence is a URL, a commit as repository@hash, a file, or note:TEXT. Minutes spent make the estimates of your next tasks better.',
  schema: 'aisafe.done/1',
  parameters: {
    ids: tasksOrSteps,
    evidence: options('--evidence <reference>', 'what you can show for it; may be given several times'),
    minutes: option('--minutes <n>', 'minutes it took', wholeNumber(1, 100_000)),
    note: option('--note <text>', 'a note to keep with it'),
  },
  examples: [
    { command: 'aisafe done build-mlp-numpy --minutes 300', does: 'finish a task and log the time' },
    { command: 'aisafe done build-mlp-numpy/forward', does: 'tick one step' },
    { command: 'aisafe done build-mlp-numpy --evidence ./mlp.py', does: 'finish it and keep the hash of a file' },
  ],
  load: () => import('./verbs.js').then((module) => module.done),
  view,
});

const skip = command<ReasonInput, MoveData>({
  name: 'skip',
  summary: 'leave a task out; what needs it becomes available',
  schema: 'aisafe.skip/1',
  parameters: { ids: tasks, reason },
  load: () => import('./verbs.js').then((module) => module.skip),
  view,
});

const defer = command<DeferInput, MoveData>({
  name: 'defer',
  summary: 'put a task off to a later day',
  schema: 'aisafe.defer/1',
  parameters: {
    ids: tasks,
    until: option('--until <date>', 'day on which it comes back, YYYY-MM-DD (default: in a week)', calendarDay),
    days: option('--days <n>', 'instead of a date: days from today', wholeNumber(1, 3650)),
  },
  load: () => import('./verbs.js').then((module) => module.defer),
  view,
});

const waive = command<ReasonInput, MoveData>({
  name: 'waive',
  summary: 'count a task as known already',
  schema: 'aisafe.waive/1',
  parameters: { ids: tasks, reason },
  load: () => import('./verbs.js').then((module) => module.waive),
  view,
});

const reopen = command<TasksInput, MoveData>({
  name: 'reopen',
  summary: 'take a task or a step back into work',
  schema: 'aisafe.reopen/1',
  parameters: { ids: tasksOrSteps },
  load: () => import('./verbs.js').then((module) => module.reopen),
  view,
});

export const topics = [start, done, skip, defer, waive, reopen].map((each) => topic('Move a task', each));
