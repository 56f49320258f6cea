import type { MultiQuestion } from '../../curriculum/model.js';
import { shownOrder } from '../option-order.js';
import { labels, readPositions } from '../read-positions.js';
import { type KindOf, resultOf } from './kind.js';

/** One or more right options; each wrong one that is chosen takes back a right one. */
export const multi: KindOf<'multi'> = {
  draw(question, seed) {
    const options = shownOptions(question, seed).map(({ text }) => text);
    return { prompt: question.prompt, explanation: question.explanation, form: { kind: 'multi', options } };
  },

  parse(question, seed, input) {
    const texts = shownOptions(question, seed).map(({ text }) => text);
    const positions = readPositions(input, texts);
    if ('problem' in positions) return positions;
    if (positions.length === 0) return { problem: `choose one or more of ${labels(texts.length)}` };
    return { type: 'multi', options: [...new Set(positions)].sort((a, b) => a - b) };
  },

  grade(question, seed, answer) {
    const shown = shownOptions(question, seed);
    const chosen = new Set(answer.options.map((position) => shown[position]));
    const right = shown.filter(({ correct }) => correct);
    const hits = right.filter((option) => chosen.has(option)).length;
    const wrong = shown.filter((option) => !option.correct && chosen.has(option));
    const score = right.length === 0 ? 0 : Math.max(0, (hits - wrong.length) / right.length);
    const missed = right.filter((option) => !chosen.has(option)).map(({ text }) => `Also right: ${text}`);
    return { result: resultOf(score), score, remarks: [...wrong.flatMap(({ because }) => because ?? []), ...missed] };
  },

  expected(question) {
    return question.options.flatMap(({ text, correct }) => (correct ? text : [])).join('; ');
  },
};

function shownOptions(question: MultiQuestion, seed: string): MultiQuestion['options'] {
  const order = shownOrder(question, seed, 'options', question.options.length);
  return order.flatMap((position) => question.options[position] ?? []);
}
