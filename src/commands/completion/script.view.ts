import type { CandidatesData } from './candidates.js';
import type { ScriptData } from './script.js';

export function viewScript({ script }: ScriptData): string {
  return script;
}

/** A word and its meaning a line, separated by a tab: what the shells read. */
export function viewCandidates({ candidates }: CandidatesData): string {
  return candidates.map(({ word, meaning }) => `${word}\t${meaning.replace(/\s+/g, ' ')}`).join('\n');
}
