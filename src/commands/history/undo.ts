import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { describeEvent } from '../../core/progress/describe-event.js';
import { AppError } from '../../errors.js';
import type { Action } from '../../store/store.js';

export interface UndoInput {
  readonly count: number | undefined;
  readonly list: boolean;
}

export interface UndoData {
  /** Taken back, or only listed. */
  readonly undone: boolean;
  /** Newest first. */
  readonly actions: readonly {
    readonly id: string;
    readonly at: string;
    /** Did it happen on this computer? */
    readonly here: boolean;
    readonly what: readonly string[];
  }[];
}

export async function undo(context: Context, { count, list }: UndoInput): Promise<Result<UndoData>> {
  const store = await context.store();
  const describe = (actions: readonly Action[]): UndoData['actions'] =>
    actions.map(({ id, at, device, events }) => ({
      id,
      at,
      here: device === store.device,
      what: events.map(describeEvent),
    }));
  if (list) return { data: { undone: false, actions: describe(store.actions(count ?? 20)) } };
  const undone = store.undo(count ?? 1);
  if (undone.length === 0) {
    throw new AppError('NOTHING_TO_UNDO', 'There is nothing to take back: no action is on record.', {
      hint: 'aisafe next',
    });
  }
  return { data: { undone: true, actions: describe(undone) } };
}
