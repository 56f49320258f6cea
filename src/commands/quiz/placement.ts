/** Testing out of a module: what the score decides. */
import type { NewEvent } from '../../core/progress/event.js';
import { taskSubject } from '../../core/progress/progress.js';
import type { Study } from '../lookup.js';
import { tasksToWaive } from '../profile/tasks-to-waive.js';
import type { QuizSitting } from './quiz-sitting.js';
import type { PlacementData } from './report.js';

/** Share of the points that tests out. */
const placementBar = 0.8;

/** How many questions a placement asks of a module with so many concepts: two each, 8 to 12. */
export function placementCount(concepts: number): number {
  return Math.min(12, Math.max(8, 2 * concepts));
}

/**
 * Decides a placement whose questions are all answered, once: with the bar reached, the module's open tasks are waived
 * in one action.
 */
export function decidePlacement(
  study: Study,
  sitting: QuizSitting,
  module: { readonly id: string; readonly title: string },
  day: string,
): PlacementData {
  const undecided = { module: module.id, title: module.title, bar: placementBar, waived: [] };
  if (sitting.next() !== undefined) return { ...undecided, passed: null };
  const total = sitting.instances.length;
  const points = [...sitting.answers().values()].reduce((sum, { score }) => sum + score, 0);
  const passed = total > 0 && points / total >= placementBar;
  const { curriculum, store } = study;
  const tasks = passed ? tasksToWaive({ ...study, progress: store.progress() }, [module.id]) : [];
  const reason = `tested out: ${Math.round(points * 10) / 10} of ${total} on ${day}`;
  sitting.finish(
    tasks.map((task): NewEvent => {
      const revision = curriculum.revisions[task.id] ?? null;
      return { kind: 'task.waived', subject: taskSubject(curriculum, task), revision, data: { reason } };
    }),
  );
  return { ...undecided, passed, waived: tasks.map(({ id, title }) => ({ id, title })) };
}
