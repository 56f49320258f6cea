import type { CardProgress } from '../progress/state.js';

/**
 * May the question be asked of this learner? Not when it was set aside, nor when it was flagged as faulty and has not
 * been edited since.
 * @param revision content hash of the question as it is now; undefined when it is not known.
 */
export function isAskable(progress: CardProgress | undefined, revision: string | undefined): boolean {
  if (!progress) return true;
  if (progress.suspended !== null) return false;
  const { flagged } = progress;
  return flagged === null || (revision !== undefined && flagged.revision !== null && flagged.revision !== revision);
}
