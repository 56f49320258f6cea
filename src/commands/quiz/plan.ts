/** Which questions a sitting asks: those of an unfinished one, or new ones. */
import type { Context } from '../../context.js';
import type { SittingMode } from '../../core/progress/event.js';
import type { SittingState } from '../../core/progress/state.js';
import { planItems } from '../../core/quiz/sitting.js';
import { newId } from '../../platform/new-id.js';
import type { Study } from '../lookup.js';
import type { SittingPlan } from './quiz-sitting.js';

export interface PlanRequest {
  readonly mode: SittingMode;
  readonly topic: string | null;
  readonly restart: boolean;
  /** May this unfinished sitting be carried on? */
  readonly fits: (sitting: SittingState) => boolean;
  /** Ids of the questions of a new sitting, in order. */
  readonly draw: (seed: string) => readonly string[];
  readonly seed: string | undefined;
}

export interface Planned {
  readonly plan: SittingPlan;
  readonly seed: string;
}

export function planSitting(context: Context, study: Study, request: PlanRequest): Planned {
  const { mode, topic, restart, fits, draw } = request;
  const { curriculum, store } = study;
  const unfinished = [...store.sittings({ open: true }).values()].filter(
    (each) => each.mode === mode && each.curriculum === curriculum.id && each.topic === topic,
  );
  const open = restart ? undefined : unfinished.findLast(fits);
  if (open) return { plan: { ...open, mode, resumed: true, replaces: [] }, seed: seedOf(open) };
  const seed = request.seed ?? seedUntilNextSave(context, study);
  const plan: SittingPlan = {
    id: newId(context.random, (each) => store.sitting(each) !== undefined),
    mode,
    topic,
    items: planItems(
      draw(seed).map((id) => ({ id })),
      seed,
    ),
    startedAt: context.clock.now().toISOString(),
    resumed: false,
    replaces: unfinished.map(({ id }) => id),
  };
  return { plan, seed };
}

/** The same until something is saved, so that questions that were listed are the ones that are then answered. */
function seedUntilNextSave(context: Context, { store }: Study): string {
  const [newest] = store.actions(1);
  return newest ? `${context.today()}-${newest.id.slice(-8)}` : context.today();
}

/** The seed that the items of a sitting were derived from. */
export function seedOf({ items }: Pick<SittingState, 'items'>): string {
  const [first] = items;
  return first ? first.seed.slice(0, -first.question.length - 1) : '';
}
