import type { TaskStateName } from './state.js';

/** The states of a task, in a file of its own so that the command line can name them without loading anything. */
export const taskStateNames = [
  'open',
  'started',
  'done',
  'skipped',
  'deferred',
  'waived',
] as const satisfies readonly TaskStateName[];
