import type { Question, QuestionKind } from '../../../src/core/curriculum/model.js';

const common = {
  concepts: ['slope'],
  difficulty: 2,
  prompt: 'What?',
  explanation: 'Because it is so, and here is why it has to be so.',
  source: ['article'],
};

/** A sound question of each kind. */
export const samples: { readonly [K in QuestionKind]: Extract<Question, { kind: K }> } = {
  choice: {
    id: 'a-choice',
    kind: 'choice',
    ...common,
    options: [
      { text: 'Right', correct: true },
      { text: 'Wrong', because: 'It is not.' },
      { text: 'Left', because: 'It is neither.' },
      { text: 'Up', because: 'It is nowhere.' },
    ],
  },
  multi: {
    id: 'a-multi',
    kind: 'multi',
    ...common,
    options: [
      { text: 'Two', correct: true },
      { text: 'Three', correct: true },
      { text: 'Four', because: 'It is not prime.' },
      { text: 'Six', because: 'It is not prime either.' },
    ],
  },
  number: {
    id: 'a-number',
    kind: 'number',
    ...common,
    prompt: 'What is {n} times {p}?',
    explanation: 'It is {= v : 3}.',
    given: { n: { int: [3, 9] }, p: { choose: [0.1, 0.2, 0.25] } },
    let: { v: 'n * p' },
    where: 'n > 3',
    answer: 'v',
    tolerance: { relative: 0.01 },
  },
  text: { id: 'a-text', kind: 'text', ...common, answer: { accept: ['causal mask', 'causal masking'] } },
  cloze: {
    id: 'a-cloze',
    kind: 'cloze',
    ...common,
    prompt: 'From [[1]] to [[2]].',
    blanks: [{ accept: ['0', 'zero'] }, { accept: ['one', '1'] }],
  },
  order: { id: 'an-order', kind: 'order', ...common, items: ['first', 'second', 'third', 'fourth'] },
  match: {
    id: 'a-match',
    kind: 'match',
    ...common,
    pairs: [
      { left: 'one', right: 'I' },
      { left: 'two', right: 'II' },
      { left: 'three', right: 'III' },
    ],
    extra: ['IV'],
  },
  explain: {
    id: 'an-explain',
    kind: 'explain',
    ...common,
    rubric: [
      { id: 'who', point: 'Says who' },
      { id: 'what', point: 'Says what' },
      { id: 'when', point: 'Says when' },
      { id: 'why', point: 'Says why' },
    ],
    model: 'Somebody did something once for a reason.',
  },
};

export const sampleQuestions: readonly Question[] = Object.values(samples);
