import type { Answer, QuestionInstance } from './answer.js';
import { kindOf } from './question-kinds.js';

/**
 * What a person typed, or what an answers file holds: option letters (`b`, `a c`), a number with its unit, `2 1 3`, a
 * text, `?` for “I don't know”; lists and numbers as YAML and JSON have them. A problem is a sentence without a full stop.
 */
export function parseAnswer(
  { question, seed }: QuestionInstance,
  input: unknown,
): Answer | { readonly problem: string } {
  if (input === null) return { type: 'skipped' };
  if (typeof input === 'string') {
    const typed = input.trim();
    if (typed === '?') return { type: 'unknown' };
    if (typed === '') return { problem: 'nothing was typed; ? is “I don’t know”' };
  }
  return kindOf(question).parse(question, seed, input);
}
