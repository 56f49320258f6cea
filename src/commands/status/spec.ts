import { command, topic } from '../../cli/command.js';
import { optionalArgument } from '../../cli/parameters.js';
import type { StatusData, StatusInput } from './status.js';

export const status = topic(
  'Every day',
  command<StatusInput, StatusData>({
    name: 'status',
    summary: 'how far you are, what is left, what happened this week',
    schema: 'aisafe.status/1',
    parameters: { phase: optionalArgument('phase', 'one phase, with its modules') },
    examples: [{ command: 'aisafe status phase1', does: 'the modules of phase 1' }],
    load: () => import('./status.js').then((module) => module.status),
    view: () => import('./status.view.js').then((module) => module.viewStatus),
  }),
);
