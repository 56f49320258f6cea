import type { ExplainQuestion } from '../../curriculum/model.js';
import { readPositions } from '../read-positions.js';
import { type KindOf, resultOf } from './kind.js';

/** One point of a rubric of four or more may be missing. */
const correctFrom = 0.75;
const longestAnswer = 20_000;

/** The learner writes, sees a good answer, and ticks the points of the rubric that theirs made. */
export const explain: KindOf<'explain'> = {
  draw({ prompt, explanation, rubric, model }) {
    return { prompt, explanation, form: { kind: 'explain', rubric, model } };
  },

  parse({ rubric }, _seed, input) {
    if (typeof input === 'string') return written(input, []);
    if (typeof input !== 'object' || input === null || Array.isArray(input) || !('text' in input)) {
      return { problem: 'an answer here is a text, or { text, ticked } with the points that it made' };
    }
    if (typeof input.text !== 'string') return { problem: '“text” is what you wrote' };
    const ticked = readTicks(rubric, 'ticked' in input ? input.ticked : []);
    return 'problem' in ticked ? ticked : written(input.text, ticked);
  },

  grade({ rubric }, _seed, { ticked }) {
    const made = rubric.filter(({ id }) => ticked.includes(id));
    const score = rubric.length === 0 ? 0 : made.length / rubric.length;
    const remarks = rubric.filter(({ id }) => !ticked.includes(id)).map(({ point }) => point);
    return { result: resultOf(score, correctFrom), score, remarks };
  },

  expected({ model }) {
    return model;
  },
};

function written(text: string, ticked: readonly string[]) {
  if (text.trim() === '') return { problem: 'nothing was written' };
  if (text.length > longestAnswer) return { problem: `an answer has at most ${longestAnswer} characters` };
  return { type: 'explain', text: text.trim(), ticked } as const;
}

/** Ids of the rubric, or places in it: `a c`, `1 3`, a list of either. */
function readTicks(
  rubric: ExplainQuestion['rubric'],
  input: unknown,
): readonly string[] | { readonly problem: string } {
  const ids = rubric.map(({ id }) => id);
  const positions = input === null || input === '' ? [] : readPositions(input, ids);
  if ('problem' in positions) return { problem: `“ticked” takes ${ids.join(', ')}` };
  return ids.filter((_, index) => positions.includes(index));
}
