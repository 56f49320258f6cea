import { command, topic } from '../../cli/command.js';
import { flag, optionalArgument, wholeNumber } from '../../cli/parameters.js';
import type { UndoData, UndoInput } from './undo.js';

export const undo = topic(
  'Move a task',
  command<UndoInput, UndoData>({
    name: 'undo',
    summary: 'take back the last action, whatever it was',
    description:
      'One command you typed, or one answer you gave, is one action. Nothing is erased: the history keeps both.',
    schema: 'aisafe.undo/1',
    parameters: {
      count: optionalArgument('n', 'how many actions (default: 1)', wholeNumber(1, 1000)),
      list: flag('--list', 'show the last actions (20, or n) without taking any back'),
    },
    examples: [
      { command: 'aisafe undo', does: 'take back the last action' },
      { command: 'aisafe undo --list', does: 'see what could be taken back' },
    ],
    load: () => import('./undo.js').then((module) => module.undo),
    view: () => import('./undo.view.js').then((module) => module.viewUndo),
  }),
);
