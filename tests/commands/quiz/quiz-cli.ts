import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QuestionData } from '../../../src/commands/quiz/report.js';
import type { RunOptions } from '../../helpers/cli.js';
import type { Answer } from '../../helpers/prompter.js';
import { createSmallCli, type SmallCli } from '../check/small-folder.js';

const common = 'difficulty: 2\n  explanation: Because that is how it is.\n  source: [softmax-page]';

const choice = (id: string, concept: string) => `- id: ${id}
  kind: choice
  concepts: [${concept}]
  ${common}
  prompt: Which one is right here (${id})?
  options:
    - { text: The right one, correct: true }
    - { text: A wrong one, because: "One might think so, but no." }
    - { text: Another wrong one, because: "Tempting, but no." }
`;

const questions = `${choice('limit-of-softmax', 'softmax')}${choice('shift-of-softmax', 'softmax')}${choice(
  'mask-of-attention',
  'attention',
)}- id: properties-of-softmax
  kind: multi
  concepts: [softmax]
  ${common}
  prompt: Select all that apply.
  options:
    - { text: It sums to one, correct: true }
    - { text: It is positive, correct: true }
    - { text: It is linear, because: "The exponential is not linear." }
- id: share-of-softmax
  kind: number
  concepts: [softmax]
  ${common}
  prompt: How many bytes are {n} numbers of 4 bytes?
  given: { n: { int: [3, 9] } }
  answer: 4 * n
  tolerance: { exact: true }
  unit: bytes
- id: name-of-attention
  kind: text
  concepts: [attention]
  ${common}
  prompt: What keeps a token from looking ahead?
  answer: { accept: [causal mask, causal masking] }
- id: gap-in-attention
  kind: cloze
  concepts: [attention]
  ${common}
  prompt: Attention compares a [[1]] with each [[2]].
  blanks: [{ accept: [query, queries] }, { accept: [key, keys] }]
- id: order-of-attention
  kind: order
  concepts: [attention]
  ${common}
  prompt: Put these in order.
  items: [first, second, third]
- id: parts-of-attention
  kind: match
  concepts: [attention]
  ${common}
  prompt: What belongs together?
  pairs: [{ left: query, right: asks }, { left: key, right: answers }, { left: value, right: carries }]
- id: reason-for-softmax
  kind: explain
  concepts: [softmax]
  ${common}
  prompt: Why is it scaled?
  rubric:
    - { id: variance, point: The variance of a product grows with the dimension. }
    - { id: saturation, point: Large scores saturate the softmax. }
    - { id: gradient, point: Saturation kills the gradient. }
  model: The variance grows, the softmax saturates, the gradient vanishes.
`;

/** The small curriculum with ten questions: six on the softmax or about it, the others on attention, of every kind. */
export function createQuizCli(defaults: RunOptions = {}): SmallCli {
  const cli = createSmallCli(defaults);
  const folder = join(cli.home, 'small', 'questions');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'all.yaml'), questions);
  return cli;
}

const matches: Readonly<Record<string, string>> = { query: 'asks', key: 'answers', value: 'carries' };

/** The right answer as an answers file holds it. */
export function rightAnswer({ form, prompt }: QuestionData): unknown {
  switch (form.kind) {
    case 'choice':
      return 'abc'[form.options.indexOf('The right one')];
    case 'multi':
      return form.options.flatMap((text, index) => (text === 'It is linear' ? [] : ['abc'[index]]));
    case 'number':
      return `${4 * Number(/are (\d+) numbers/.exec(prompt)?.[1])} bytes`;
    case 'text':
      return 'Causal Mask';
    case 'cloze':
      return ['query', 'keys'];
    case 'order':
      return ['first', 'second', 'third'].map((item) => form.items.indexOf(item) + 1);
    case 'match':
      return form.left.map((left) => form.right.indexOf(matches[left] ?? '') + 1);
    case 'explain':
      return { text: 'The variance grows.', ticked: form.rubric.map(({ id }) => id) };
  }
}

/** What a scripted learner types to answer rightly: everything up to the reveal. */
export function typeRightly(question: QuestionData, confidence = '3'): readonly Answer[] {
  const { form } = question;
  const right = rightAnswer(question);
  switch (form.kind) {
    case 'choice':
      return [String(right), confidence];
    case 'multi':
      return [
        form.options.flatMap((text, index) => (text === 'It is linear' ? [] : [index + 1])).join(' '),
        confidence,
      ];
    case 'number':
    case 'text':
      return [String(right), confidence];
    case 'cloze':
      return ['query', 'key', confidence];
    case 'order':
    case 'match':
      return [(right as readonly number[]).join(' '), confidence];
    case 'explain':
      return ['The variance grows.', confidence, '1 2 3'];
  }
}

/** The questions that the same words would ask now. */
export async function listed(cli: SmallCli, argv: readonly string[], env = {}): Promise<readonly QuestionData[]> {
  return (await cli.run([...argv, '--json'], { env })).json.data.questions;
}

/** Types all questions rightly, each followed by Enter. */
export function typeAll(questions: readonly QuestionData[]): readonly Answer[] {
  return questions.flatMap((question) => [...typeRightly(question), 'enter']);
}

export async function exported(cli: SmallCli): Promise<string> {
  return (await cli.run(['export', '--format', 'json'])).stdout;
}
