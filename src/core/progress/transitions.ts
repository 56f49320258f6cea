/** Which moves a learner may make with a task. Repeating a move changes nothing; a move that makes no sense says why. */
import type { TaskStateName } from './state.js';

export const taskMoves = ['start', 'done', 'skip', 'defer', 'waive', 'reopen'] as const;
export type TaskMove = (typeof taskMoves)[number];

export type Transition =
  | { readonly allowed: true; readonly changes: boolean }
  | { readonly allowed: false; readonly because: string };

const change: Transition = { allowed: true, changes: true };
const same: Transition = { allowed: true, changes: false };
const refuse = (because: string): Transition => ({ allowed: false, because });

const reopenFirst = 'it is already done; reopen it first';

const table: Readonly<Record<TaskMove, Readonly<Record<TaskStateName, Transition>>>> = {
  start: { open: change, started: same, done: refuse(reopenFirst), skipped: change, deferred: change, waived: change },
  done: { open: change, started: change, done: same, skipped: change, deferred: change, waived: change },
  skip: { open: change, started: change, done: refuse(reopenFirst), skipped: same, deferred: change, waived: change },
  // Deferring again moves the date, so it always changes something.
  defer: {
    open: change,
    started: change,
    done: refuse(reopenFirst),
    skipped: change,
    deferred: change,
    waived: change,
  },
  waive: { open: change, started: change, done: refuse(reopenFirst), skipped: change, deferred: change, waived: same },
  reopen: { open: same, started: same, done: change, skipped: change, deferred: change, waived: change },
};

/** May a task in this state make this move, and would it change anything? */
export function transition(move: TaskMove, from: TaskStateName): Transition {
  return table[move][from];
}
