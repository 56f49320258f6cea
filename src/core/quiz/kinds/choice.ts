import type { ChoiceQuestion } from '../../curriculum/model.js';
import { shownOrder } from '../option-order.js';
import { labels, readPositions } from '../read-positions.js';
import { type KindOf, resultOf } from './kind.js';

/** One right option among several. */
export const choice: KindOf<'choice'> = {
  draw(question, seed) {
    const options = shownOptions(question, seed).map(({ text }) => text);
    return { prompt: question.prompt, explanation: question.explanation, form: { kind: 'choice', options } };
  },

  parse(question, seed, input) {
    const texts = shownOptions(question, seed).map(({ text }) => text);
    const positions = readPositions(input, texts);
    if ('problem' in positions) return positions;
    const [option] = positions;
    if (option === undefined || positions.length > 1) return { problem: `choose one of ${labels(texts.length)}` };
    return { type: 'choice', option };
  },

  grade(question, seed, { option }) {
    const chosen = shownOptions(question, seed)[option];
    const score = chosen?.correct ? 1 : 0;
    return { result: resultOf(score), score, remarks: !score && chosen?.because ? [chosen.because] : [] };
  },

  expected(question) {
    return question.options.find(({ correct }) => correct)?.text ?? '';
  },
};

function shownOptions(question: ChoiceQuestion, seed: string): ChoiceQuestion['options'] {
  const order = shownOrder(question, seed, 'options', question.options.length);
  return order.flatMap((position) => question.options[position] ?? []);
}
