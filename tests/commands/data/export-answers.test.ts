import { describe, expect, it } from 'vitest';
import { writeIn } from '../check/small-folder.js';
import { createQuizCli, listed, rightAnswer } from '../quiz/quiz-cli.js';

describe('answers in exports', () => {
  it('are a table of csv, a part of json, and events of jsonl', async () => {
    const cli = createQuizCli();
    const questions = await listed(cli, ['quiz', 'softmax', '--count', '3']);
    const answers = questions.map((each) => ({ answer: rightAnswer(each), confidence: 80 }));
    const file = writeIn(cli, 'answers.json', JSON.stringify(answers));
    await cli.run(['quiz', 'softmax', '--count', '3', '--answers', file]);

    const csv = (await cli.run(['export', '--format', 'csv', '--what', 'answers'])).stdout.trimEnd().split('\r\n');
    expect(csv[0]).toBe(
      'curriculum,question,at,day,mode,sitting,seed,answer,result,score,confidence,ms,concepts,rating,due,intervalDays,revision',
    );
    expect(csv).toHaveLength(4);
    expect(csv[1]).toContain(`small,${questions[0]?.question},2026-11-23T18:00:00.`);

    const part = (await cli.run(['export', '--format', 'json', '--what', 'answers'])).json.data;
    expect(part.answers).toHaveLength(3);
    expect(part.answers[0]).toMatchObject({
      curriculum: 'small',
      question: questions[0]?.question,
      result: 'correct',
      confidence: 0.8,
      rating: 3,
      intervalDays: expect.any(Number),
    });
    expect(part.tasks).toBeUndefined();
    expect((await cli.run(['export', '--format', 'json'])).json.data.answers).toEqual(part.answers);

    const jsonl = (await cli.run(['export', '--format', 'jsonl'])).stdout;
    expect(jsonl.match(/"kind":"question.answered"/g)).toHaveLength(3);
  });

  it('csv of all tables has one for the answers', async () => {
    const cli = createQuizCli();
    const { json } = await cli.run(['export', '--format', 'csv', '--what', 'all', '--output', 'tables', '--json']);
    expect(json.data.files.map(({ path }: { path: string }) => path.split('/').at(-1))).toContain('answers.csv');
  });
});
