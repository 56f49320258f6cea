import { joinText } from './normalise-text.js';
import { readNumber } from './read-number.js';
import { matchesRegex } from './regex.js';

export interface Accepted {
  readonly accept?: readonly string[] | undefined;
  readonly regex?: string | undefined;
}

/** Is what was typed one of the accepted spellings, the same number as the first of them, or a match of the expression? */
export function acceptsText({ accept = [], regex }: Accepted, typed: string): boolean {
  const answer = joinText(typed);
  if (answer === '') return false;
  if (accept.some((spelling) => joinText(spelling) === answer)) return true;
  if (sameNumber(readNumber(accept[0] ?? ''), readNumber(typed))) return true;
  return regex !== undefined && matchesRegex(regex, typed);
}

/** The spelling that is shown as the answer. */
export function expectedText({ accept = [], regex }: Accepted): string {
  return accept[0] ?? regex ?? '';
}

function sameNumber(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other));
}
