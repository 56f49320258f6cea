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
    case 'lab':
      return `${reference.lab}, seed ${reference.seed}, version ${reference.version}${reference.assisted ? ', with the solution seen before' : ''}`;
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
    case 'lab':
      return (
        b.type === 'lab' &&
        a.curriculum === b.curriculum &&
        a.lab === b.lab &&
        a.version === b.version &&
        a.seed === b.seed &&
        a.sha256 === b.sha256 &&
        a.assisted === b.assisted
      );
  }
}

/**
 * Does this evidence count for the criterion? A criterion that names no kinds takes all. A lab counts when it, or any
 * lab, is named, and never when its solution was seen before the pass.
 */
export function countsFor({ evidence = [] }: Criterion, reference: EvidenceReference): boolean {
  if (reference.type === 'lab' && reference.assisted) return false;
  if (evidence.length === 0 || evidence.includes(reference.type)) return true;
  return reference.type === 'lab' && evidence.includes(`lab:${reference.lab}`);
}
