import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Question } from '../../src/core/curriculum/model.js';
import { anki } from '../../src/exports/anki.js';
import { ankiField, ankiTag } from '../../src/exports/anki-text.js';
import { createQuizCli } from '../commands/quiz/quiz-cli.js';
import { storeAfter, written } from './learner.js';

const common = {
  concepts: ['softmax', 'attention'],
  difficulty: 2,
  explanation: 'Because <that> is how it is & stays.',
  source: ['page'],
};

const questions: readonly Question[] = [
  {
    ...common,
    id: 'limit',
    kind: 'choice',
    prompt: 'What does this print?\n\n    print("a\tb")\n  # [sound:x] {{Front}}',
    options: [
      { text: 'a', correct: true },
      { text: '<b>', because: 'Not "that".' },
      { text: 'c', because: 'Nor this.' },
    ],
  },
  {
    ...common,
    id: 'properties',
    kind: 'multi',
    prompt: 'Select all that apply.',
    options: [
      { text: 'one', correct: true },
      { text: 'two', correct: true },
      { text: 'three', because: 'Three is too many.' },
    ],
  },
  {
    ...common,
    id: 'share',
    kind: 'number',
    prompt: 'How many bytes are {n} numbers of 4 bytes?',
    given: { n: { int: [3, 9] } },
    answer: '4 * n',
    tolerance: { exact: true },
    unit: 'bytes',
    explanation: '4 × {n} = {= 4 * n}.',
  },
  { ...common, id: 'name', kind: 'text', prompt: 'Its name?', answer: { accept: ['causal mask', 'causal masking'] } },
  {
    ...common,
    id: 'gap',
    kind: 'cloze',
    prompt: 'A [[1]] and a [[2]].',
    blanks: [{ accept: ['query', 'queries'] }, { accept: ['key', 'keys'] }],
  },
  { ...common, id: 'steps', kind: 'order', prompt: 'In order.', items: ['first', 'second', 'third'] },
  {
    ...common,
    id: 'parts',
    kind: 'match',
    prompt: 'What belongs together?',
    pairs: [
      { left: 'query', right: 'asks' },
      { left: 'key', right: 'answers' },
      { left: 'value', right: 'carries' },
    ],
  },
  {
    ...common,
    id: 'reason',
    kind: 'explain',
    prompt: 'Why is it scaled?',
    rubric: [
      { id: 'variance', point: 'The variance grows.' },
      { id: 'saturation', point: 'The softmax saturates.' },
      { id: 'gradient', point: 'The gradient vanishes.' },
    ],
    model: 'The variance grows, so it saturates.',
  },
  { ...common, id: 'gone', kind: 'text', prompt: 'Gone?', answer: { accept: ['yes', 'yep'] }, retired: true },
];

const answeredEvent = (question: string) => ({
  type: 'act' as const,
  events: [
    {
      kind: 'question.answered' as const,
      subject: `card/sample/${question}`,
      data: {
        sitting: null,
        mode: 'quiz' as const,
        seed: 's',
        answer: { type: 'unknown' as const },
        result: 'unknown' as const,
        score: 0,
        confidence: null,
        ms: null,
        concepts: ['softmax'],
        scheduling: null,
      },
    },
  ],
});

describe('export --format anki', () => {
  it('is a file that Anki imports as it is', async () => {
    const text = written(anki, storeAfter([]), {}, undefined, questions);
    expect(written(anki, storeAfter([answeredEvent('limit')]), { today: '2027-05-05' }, undefined, questions)).toBe(
      text,
    );
    await expect(text).toMatchFileSnapshot('../fixtures/exports/anki.txt');
  });

  it('has five columns a note, one line each, and a GUID of its own for each live question', () => {
    const lines = written(anki, storeAfter([]), {}, undefined, questions).trimEnd().split('\n');
    const notes = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
    expect(notes.every((columns) => columns.length === 5 && !columns.some((each) => each.startsWith('"')))).toBe(true);
    expect(notes.map(([guid]) => guid)).toEqual(questions.slice(0, -1).map(({ id }) => `sample/${id}`));
    expect(notes.map((columns) => columns[4]).filter((tags) => tags?.includes('aisafe::drawn'))).toHaveLength(1);
  });

  it('--since leaves out what was not answered since', () => {
    const store = storeAfter([answeredEvent('limit'), { type: 'wait', hours: 72 }, answeredEvent('name')]);
    const ids = (since: string) =>
      written(anki, store, {}, since, questions)
        .split('\n')
        .flatMap((line) => /^sample\/(\w+)\t/.exec(line)?.[1] ?? []);
    expect(ids('2026-11-01')).toEqual(['limit', 'name']);
    expect(ids('2026-11-03')).toEqual(['name']);
  });

  it('writes any text as one harmless field', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const field = ankiField(text);
        expect(field).not.toMatch(/[\t\r\n"]/);
        expect(field.replaceAll('<br>', '')).not.toMatch(/[<>]/);
      }),
    );
    expect(ankiTag('a b', 'c')).toBe('a_b::c');
  });

  it('comes from the command line, the same every time', async () => {
    const cli = createQuizCli();
    const { exitCode, stdout } = await cli.run(['export', '--format', 'anki']);
    expect(exitCode).toBe(0);
    expect(stdout.startsWith('#separator:tab\n#html:true\n#notetype:Basic\n')).toBe(true);
    expect(stdout.match(/^small\//gm)).toHaveLength(10);
    expect((await cli.run(['export', '--format', 'anki'], { tty: true })).stdout).toBe(stdout);
  });
});
