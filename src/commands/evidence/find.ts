import { matchEvidence, shortEvidenceId } from '../../core/assessment/evidence-id.js';
import type { EvidenceState } from '../../core/progress/state.js';
import { nearest } from '../../core/search/nearest.js';
import { AppError } from '../../errors.js';

/**
 * The evidence that an id, or the beginning of one, names.
 * @param command the words before the id, for the hint.
 * @throws AppError NOT_FOUND; USAGE when several ids begin so.
 */
export function findEvidence(all: ReadonlyMap<string, EvidenceState>, text: string, command: string): EvidenceState {
  const match = matchEvidence(all, text);
  switch (match.type) {
    case 'one':
      return match.evidence;
    case 'several': {
      const ids = match.ids.map((id) => shortEvidenceId(id, all.keys()));
      throw new AppError('USAGE', `Several pieces of evidence begin with “${text}”: ${ids.join(', ')}.`, {
        hint: `${command} ${ids[0]}`,
        details: { ids: match.ids },
      });
    }
    case 'none': {
      const ids = [...all.keys()].map((id) => shortEvidenceId(id, all.keys()));
      throw new AppError('NOT_FOUND', `There is no evidence “${text}”.`, {
        hint: 'aisafe evidence list',
        details: { nearest: nearest(text, ids, 3) },
      });
    }
  }
}
