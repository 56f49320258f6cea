/** What a piece of evidence points at: naming it and comparing it. */
import type { Criterion } from '../curriculum/model.js';
import type { EvidenceReference } from '../progress/event.js';

/** The reference in one line, as a person would write it. */
export function referenceText(reference: EvidenceReference): string {
  switch (reference.type) {
    case 'url':
      return reference.url;
    case 'commit':
      return `${reference.repository}@${reference.commit.slice(0, 12)}`;
    case 'file':
      return reference.path;
    case 'note':
      return reference.text.replaceAll(/\s+/g, ' ');
  }
}

/** Do both point at the same thing, to the byte? */
export function isSameReference(a: EvidenceReference, b: EvidenceReference): boolean {
  switch (a.type) {
    case 'url':
      return b.type === 'url' && a.url === b.url;
    case 'commit':
      return b.type === 'commit' && a.repository === b.repository && a.commit === b.commit;
    case 'file':
      return b.type === 'file' && a.path === b.path && a.sha256 === b.sha256;
    case 'note':
      return b.type === 'note' && a.text === b.text;
  }
}

/** Does evidence of this kind count for the criterion? A criterion that names no kinds takes all. */
export function countsFor(criterion: Criterion, type: EvidenceReference['type']): boolean {
  const { evidence } = criterion;
  return evidence === undefined || evidence.length === 0 || evidence.includes(type);
}
