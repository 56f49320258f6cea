import { command, topic } from '../../cli/command.js';
import { flag, oneOf, option, wholeNumber } from '../../cli/parameters.js';
import { taskKinds } from '../../core/curriculum/task-kinds.js';
import type { NextData, NextInput } from './next.js';

export const next = topic(
  'Every day',
  command<NextInput, NextData>({
    name: 'next',
    summary: 'what to do next, and why',
    description:
      'Looks at prerequisites, your track, the order of the phases, what you have begun, what your last self-assessment found, questions that you got wrong although you were sure, application deadlines and the time you have. Exit code 1 when nothing fits.',
    schema: 'aisafe.next/1',
    parameters: {
      minutes: option(
        '-m, --minutes <n>',
        'time at hand; offers a step when the whole task is longer',
        wholeNumber(1, 10_000),
      ),
      limit: option('-n, --limit <n>', 'how many to show (default: 3)', wholeNumber(1, 1000)),
      why: flag('--why', 'show every term of the score'),
      kind: option('--kind <kind>', `only one kind: ${taskKinds.join(', ')}`, oneOf(taskKinds)),
      track: option('--track <track>', 'as if this track were your focus'),
      phase: option('--phase <phase>', 'only this phase'),
    },
    examples: [
      { command: 'aisafe next', does: 'the three best tasks now' },
      { command: 'aisafe next --minutes 40 --why', does: 'what fits into 40 minutes, and the reasons' },
      { command: 'aisafe next --limit 1 --json', does: 'the next task for a script' },
    ],
    load: () => import('./next.js').then((module) => module.next),
    view: () => import('./next.view.js').then((module) => module.viewNext),
  }),
);
