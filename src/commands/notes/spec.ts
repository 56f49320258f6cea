import { command, topic } from '../../cli/command.js';
import { anyArguments, argument, option, optionalArgument, wholeNumber } from '../../cli/parameters.js';
import type { LogData, LogInput } from './log.js';
import type { NoteData, NoteInput } from './note.js';

const note = command<NoteInput, NoteData>({
  name: 'note',
  summary: 'keep a note on anything, or read your notes',
  description:
    'Notes can be kept on a task, a step, a resource, a concept: on anything that has an id. `aisafe search` finds them.',
  schema: 'aisafe.note/1',
  parameters: {
    id: optionalArgument('id', 'what the note is about; alone: list its notes'),
    text: anyArguments('text', 'the note; - reads it from standard input'),
    remove: option('--remove <note-id>', 'remove a note'),
  },
  examples: [
    { command: 'aisafe note build-mlp-numpy "check the sign of the bias gradient"', does: 'keep a note' },
    { command: 'aisafe note build-mlp-numpy', does: 'read the notes on it' },
    { command: 'aisafe note', does: 'read all notes' },
  ],
  load: () => import('./note.js').then((module) => module.note),
  view: () => import('./note.view.js').then((module) => module.viewNote),
});

const log = command<LogInput, LogData>({
  name: 'log',
  summary: 'log time spent on a task',
  description: 'Logged time makes the estimates of your next tasks better.',
  schema: 'aisafe.log/1',
  parameters: {
    id: argument('id', 'task, or step as task/step'),
    minutes: option('-m, --minutes <n>', 'minutes spent', wholeNumber(1, 100_000)),
  },
  examples: [{ command: 'aisafe log build-mlp-numpy --minutes 45', does: 'add 45 minutes' }],
  load: () => import('./log.js').then((module) => module.log),
  view: () => import('./log.view.js').then((module) => module.viewLog),
});

export const notes = [note, log].map((each) => topic('Every day', each));
