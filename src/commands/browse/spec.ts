import { command, topic } from '../../cli/command.js';
import { argument, flag, oneOf, option, optionalArgument } from '../../cli/parameters.js';
import { taskStateNames } from '../../core/progress/task-state-names.js';
import type { ListData, ListInput } from './list.js';
import type { ShowData, ShowInput } from './show.js';

const list = command<ListInput, ListData>({
  name: 'list',
  summary: 'the checklist as a tree: phase, module, task, step',
  schema: 'aisafe.list/1',
  parameters: {
    id: optionalArgument('id', 'a phase, a module or a task (default: everything)'),
    state: option('--state <state>', `only tasks in this state: ${taskStateNames.join(', ')}`, oneOf(taskStateNames)),
    track: option('--track <track>', 'only tasks of this track (default: your focus)'),
    all: flag('--all', 'every track, and retired tasks'),
    steps: flag('--steps', 'show the steps of every task'),
  },
  examples: [
    { command: 'aisafe list phase1', does: 'the tasks of phase 1' },
    { command: 'aisafe list transformers --steps', does: 'one module with all its steps' },
    { command: 'aisafe list --state started', does: 'what you have begun' },
  ],
  load: () => import('./list.js').then((module) => module.list),
  view: () => import('./list.view.js').then((module) => module.viewList),
});

const show = command<ShowInput, ShowData>({
  name: 'show',
  summary: 'one item of any kind, whole',
  description: 'A task, step, module, phase, checkpoint, criterion, concept, resource, program, brief, lab or track.',
  schema: 'aisafe.show/1',
  parameters: { id: argument('id', 'what to show') },
  examples: [
    { command: 'aisafe show build-mlp-numpy', does: 'a task with its steps and resources' },
    { command: 'aisafe show why-now', does: 'a short text with its dated facts' },
  ],
  load: () => import('./show.js').then((module) => module.show),
  view: () => import('./show.view.js').then((module) => module.viewShow),
});

export const topics = [topic('Every day', list), topic('Find', show)];
