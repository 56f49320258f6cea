import { command, topic } from '../../cli/command.js';
import { flag, oneOf, option, optionalArgument } from '../../cli/parameters.js';
import { programTypes } from '../../core/curriculum/program-types.js';
import type { ProgramsData, ProgramsInput } from './programs.js';

export const programs = topic(
  'Find',
  command<ProgramsInput, ProgramsData>({
    name: 'programs',
    summary: 'courses, fellowships and camps: when to apply, and what they ask for',
    description:
      'Dates are as good as their source: each is shown with where it comes from and when it was read. Check them on the program’s page.',
    schema: 'aisafe.programs/1',
    parameters: {
      id: optionalArgument('id', 'one program, whole'),
      open: flag('--open', 'only those you can apply to now'),
      track: option('--track <id>', 'only those for this track'),
      type: option('--type <type>', `only ${programTypes.join(', ')}`, oneOf(programTypes)),
    },
    examples: [
      { command: 'aisafe programs --open', does: 'what you can apply to today (exit 1: nothing)' },
      { command: 'aisafe programs mats-program', does: 'one program with all its windows' },
    ],
    load: () => import('./programs.js').then((module) => module.programs),
    view: () => import('./programs.view.js').then((module) => module.viewPrograms),
  }),
);
