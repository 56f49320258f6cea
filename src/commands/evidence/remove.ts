import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { subject } from '../../core/progress/subject.js';
import { openStudy } from '../lookup.js';
import { type EvidenceEntry, toEntry } from './entry.js';
import { findEvidence } from './find.js';

export interface RemoveInput {
  readonly id: string;
}

export interface RemoveData {
  readonly evidence: EvidenceEntry;
}

/** Takes a piece of evidence away; `undo` brings it back. */
export async function remove(context: Context, input: RemoveInput): Promise<Result<RemoveData>> {
  const { curriculum, progress, store } = await openStudy(context);
  const evidence = findEvidence(progress.evidence, input.id, 'aisafe evidence remove');
  const entry = toEntry(evidence, progress, curriculum);
  store.append([{ kind: 'evidence.removed', subject: subject.evidence(evidence.id), data: {} }]);
  return { data: { evidence: entry }, hints: ['To bring it back: aisafe undo'] };
}
