import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { NewEvent } from '../../core/progress/event.js';
import type { EvidenceState } from '../../core/progress/state.js';
import { subject } from '../../core/progress/subject.js';
import type { Store } from '../../store/store.js';
import { openStudy } from '../lookup.js';
import { checkReference, type ReferenceCheck } from './check-reference.js';
import { compareAge, type EvidenceEntry, toEntry } from './entry.js';
import { findEvidence } from './find.js';

export interface VerifyInput {
  readonly ids: readonly string[];
}

export interface VerifiedEntry extends EvidenceEntry {
  readonly status: ReferenceCheck['status'];
  readonly message: string;
  /** Is the result another than that of the last verification? */
  readonly changed: boolean;
}

export interface VerifyData {
  readonly holds: number;
  readonly broken: number;
  readonly unchecked: number;
  readonly evidence: readonly VerifiedEntry[];
}

/** Looks again at files and local commits; records what has changed since the last look, in one action. */
export async function verify(context: Context, input: VerifyInput): Promise<Result<VerifyData>> {
  const { curriculum, progress, store } = await openStudy(context);
  const named = [...new Set(input.ids.map((id) => findEvidence(progress.evidence, id, 'aisafe evidence verify')))];
  const chosen = input.ids.length > 0 ? named : [...progress.evidence.values()].sort(compareAge);
  const spinner = context.spinner('Checking the evidence');
  const results: { readonly evidence: EvidenceState; readonly check: ReferenceCheck; readonly changed: boolean }[] = [];
  try {
    for (const evidence of chosen) {
      const check = await checkReference(context, evidence.reference, isFromHere(store, evidence));
      results.push({ evidence, check, changed: differs(evidence, check) });
    }
  } finally {
    spinner.stop();
  }
  const events = results.flatMap(({ evidence, check, changed }): readonly NewEvent[] =>
    changed
      ? [
          {
            kind: 'evidence.verified',
            subject: subject.evidence(evidence.id),
            data: { holds: check.status === 'holds', message: check.message },
          },
        ]
      : [],
  );
  if (events.length > 0) store.append(events);
  const after = store.progress();
  const count = (status: ReferenceCheck['status']) => results.filter(({ check }) => check.status === status).length;
  const data: VerifyData = {
    holds: count('holds'),
    broken: count('broken'),
    unchecked: count('unchecked'),
    evidence: results.map(({ evidence, check, changed }) => ({
      ...toEntry(after.evidence.get(evidence.id) ?? evidence, after, curriculum),
      ...check,
      changed,
    })),
  };
  return { data, outcome: data.broken > 0 ? 'negative' : 'ok' };
}

/** Only a yes or a no is recorded: that a check was not possible says nothing about the evidence. */
function differs({ verified }: EvidenceState, check: ReferenceCheck): boolean {
  if (check.status === 'unchecked') return false;
  return verified === undefined || verified.holds !== (check.status === 'holds') || verified.message !== check.message;
}

function isFromHere(store: Store, evidence: EvidenceState): boolean {
  for (const event of store.events({ subject: subject.evidence(evidence.id) })) {
    if (event.kind === 'evidence.added') return event.device === store.device;
  }
  return true;
}
