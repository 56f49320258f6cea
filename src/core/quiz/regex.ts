/**
 * Regular expressions of authors, matched in linear time by RE2, whatever they are and whatever is typed. The engine
 * loads in 10 ms and few questions need it, so it is loaded for those only.
 */
import type { Question } from '../curriculum/model.js';
import { normaliseText } from './normalise-text.js';

type Engine = typeof import('re2js').RE2JS;

let engine: Engine | undefined;

/** Loads the engine when one of the questions has a regular expression. To be awaited before such a one is graded. */
export async function prepareRegex(questions: Iterable<Question>): Promise<void> {
  if (engine) return;
  for (const question of questions) {
    if (!hasRegex(question)) continue;
    engine = (await import('re2js')).RE2JS;
    return;
  }
}

/**
 * Does the expression match somewhere in the answer? It is matched without case, once as typed and once normalised.
 * @throws Error when the engine was not prepared.
 */
export function matchesRegex(regex: string, answer: string): boolean {
  const pattern = compile(regex);
  return [answer.normalize('NFKC').trim(), normaliseText(answer)].some((text) => pattern.matcher(text).find());
}

function compile(regex: string) {
  if (!engine) throw new Error('prepareRegex was not awaited');
  return engine.compile(regex, engine.CASE_INSENSITIVE);
}

function hasRegex(question: Question): boolean {
  if (question.kind === 'text') return question.answer.regex !== undefined;
  return question.kind === 'cloze' && question.blanks.some(({ regex }) => regex !== undefined);
}
