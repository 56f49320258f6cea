import type { CriterionReadiness } from './assess.js';

/** Why a criterion is not ready, as the end of a sentence; undefined when it is ready. */
export function gapReason({ criterion, status, answer, support }: CriterionReadiness): string | undefined {
  switch (status) {
    case 'ready':
      return undefined;
    case 'unanswered':
      return 'not answered yet';
    case 'below':
      return `answered at level ${answer?.level ?? 0}; level ${criterion.pass} passes`;
    case 'unsupported': {
      if (support.needsExplanation) return 'the lab shows the code; your own explanation is missing';
      const cited = support.evidence.filter((each) => each.cited);
      if (cited.some((each) => each.counts && !each.holds)) return 'its evidence no longer holds';
      if (cited.length === 0) return 'its evidence was removed';
      if (cited.some(({ evidence: { reference } }) => reference.type === 'lab' && reference.assisted))
        return 'the lab was passed with its solution seen before; solve it again from the starter on a later day';
      const kinds = [...new Set(cited.map((each) => each.evidence.reference.type))];
      return `${kinds.join(' and ')} evidence does not count here; what counts is ${(criterion.evidence ?? []).join(', ')}`;
    }
  }
}
