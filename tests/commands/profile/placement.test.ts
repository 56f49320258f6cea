import { describe, expect, it } from 'vitest';
import type { QuestionData } from '../../../src/commands/quiz/report.js';
import { createSmallCli } from '../check/small-folder.js';
import { createQuizCli, typeAll } from '../quiz/quiz-cli.js';

const init = ['init', '--background', 'stem', '--hours', '5', '--no-focus'];

const waived = (cli: ReturnType<typeof createQuizCli>) =>
  cli.inspect((store) =>
    [...store.progress().task].flatMap(([id, { status }]) =>
      status.state === 'waived' ? [{ id, reason: status.reason }] : [],
    ),
  );

describe('placement in aisafe init', () => {
  it('offers questions where there are enough, and waives the module when they are passed', async () => {
    const cli = createQuizCli();
    // The options are saved first, so the questions that follow are listed after them.
    await cli.run([...init, '--no-placement']);
    const { json } = await cli.run(['quiz', '--placement', 'deep-learning', '--json']);
    const questions: readonly QuestionData[] = json.data.questions;
    const { exitCode, stderr } = await cli.run(init, { tty: true, answers: [true, 'Find out', ...typeAll(questions)] });
    expect(exitCode).toBe(0);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('These now count as known');
    expect(waived(cli).map(({ id }) => id)).toEqual([
      'small/build-attention',
      'small/read-about-softmax',
      'small/train-model',
    ]);
    expect(waived(cli)[0]?.reason).toMatch(/^tested out: \d+ of \d+ on 2026-11-23$/);
  });

  it('leaves marking by hand, or nothing, to choose', async () => {
    const cli = createQuizCli();
    await cli.run(init, { tty: true, answers: [true, 'No, or not now'] });
    expect(waived(cli)).toEqual([]);
    await cli.run(init, { tty: true, answers: [true, 'Mark myself', ['Train a small']] });
    expect(waived(cli)).toEqual([{ id: 'small/train-model', reason: 'known at placement' }]);
  });

  it('asks as before where there are no questions', async () => {
    const cli = createSmallCli();
    await cli.run(init, { tty: true, answers: [true, ['Train a small']] });
    expect(waived(cli)).toEqual([{ id: 'small/train-model', reason: 'known at placement' }]);
  });
});
