import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/core/progress/event.js';
import { type Answer, interrupt } from '../../helpers/prompter.js';
import { createSmallCli, type SmallCli, writeIn } from './small-folder.js';

const kinds = (cli: SmallCli) =>
  cli.inspect((store) => [...store.events({ effective: true })].map((event) => event.kind).slice(2));
const actions = (cli: SmallCli) =>
  cli.inspect((store) =>
    store
      .actions(100)
      .map((action) => action.events.map((event: StoredEvent) => event.kind))
      .reverse()
      .slice(1),
  );
const check = (cli: SmallCli, answers: readonly Answer[], ...more: string[]) =>
  cli.run(['check', 'phase1', ...more], { tty: true, answers });

const ready: readonly Answer[] = ['Unaided', 'My own word', 'Alone', 'My own word', 'The whole of it', 'My own word'];

describe('aisafe check on a terminal', () => {
  it('asks each criterion, ends with the report, and exits 0 when all are at the bar', async () => {
    const cli = createSmallCli();
    const result = await check(cli, ready);
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('3 questions');
    expect(result.stdout).toContain('Ready: 3 of 3 criteria ready');
    expect(result.stdout).toContain('On your word alone: 3 of the 3');
  });

  it('saves each answer as an action of its own, and the end as another', async () => {
    const cli = createSmallCli();
    await check(cli, ready);
    expect(actions(cli)).toEqual([
      ['checkpoint.started', 'checkpoint.answered'],
      ['checkpoint.answered'],
      ['checkpoint.answered'],
      ['checkpoint.finished'],
    ]);
  });

  it('exits 1 with a task and a command for each gap', async () => {
    const cli = createSmallCli();
    const result = await check(cli, ['With notes open', 'Never', 'The abstract', 'My own word']);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('Not ready yet: 1 of 3 criteria ready');
    expect(result.stdout).toMatch(/implement attention from scratch\? \(answered at level 1; level 2\s+passes\)/);
    expect(result.stdout).toContain('aisafe start read-about-softmax');
    expect(result.stdout).toContain('aisafe start train-model');
  });

  it.each([60, 80, 120])('fits a screen of %i columns', async (columns) => {
    const cli = createSmallCli();
    const result = await cli.run(['check', 'phase1'], {
      tty: true,
      columns,
      answers: ['With notes open', 'Never', 'The abstract', 'My own word'],
    });
    for (const line of result.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('keeps every answer when it is interrupted, and carries on there', async () => {
    const cli = createSmallCli();
    const broken = await check(cli, ['Unaided', 'My own word', 'Alone', interrupt]);
    expect(broken.exitCode).toBe(130);
    expect(kinds(cli)).toEqual(['checkpoint.started', 'checkpoint.answered']);
    const resumed = await check(cli, ['Alone', 'My own word', 'The whole of it', 'My own word']);
    expect(resumed.exitCode).toBe(0);
    expect(resumed.stderr.replace(/\s+/g, ' ')).toContain('carry on with the attempt of 2026-11-23: 1 of 3 answered');
    expect(kinds(cli).filter((kind) => kind === 'checkpoint.started')).toHaveLength(1);
  });

  it('leaves no trace when it is interrupted before the first answer', async () => {
    const cli = createSmallCli();
    expect((await check(cli, [interrupt])).exitCode).toBe(130);
    expect(kinds(cli)).toEqual([]);
  });

  it('stops on request, says how to carry on, and begins anew with --restart', async () => {
    const cli = createSmallCli();
    const stopped = await check(cli, ['Unaided', 'My own word', 'Stop here']);
    expect(stopped.exitCode).toBe(1);
    expect(stopped.stderr).toContain('To carry on: aisafe check phase1');
    const again = await check(cli, ready, '--restart');
    expect(again.exitCode).toBe(0);
    expect(kinds(cli).filter((kind) => kind === 'checkpoint.started')).toHaveLength(2);
  });

  it('lets a criterion be skipped and asks about it at the end', async () => {
    const cli = createSmallCli();
    const result = await check(cli, [
      'Skip',
      'Alone',
      'My own word',
      'The abstract',
      'My own word',
      'Answer what I skipped (1)',
      'Unaided',
      'My own word',
      'Keep my answer',
      'Keep my answer',
    ]);
    expect(result.exitCode).toBe(0);
  });

  it('finishes with gaps when skipped criteria stay open', async () => {
    const cli = createSmallCli();
    const result = await check(cli, ['Skip', 'Alone', 'My own word', 'The abstract', 'My own word', 'Finish']);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('not answered yet');
  });

  it('goes back and takes the later answer', async () => {
    const cli = createSmallCli();
    const result = await check(cli, [
      'Unaided',
      'My own word',
      'Back',
      'I can explain',
      'Back to the level',
      'With notes open',
      'Alone',
      'My own word',
      'The abstract',
      'My own word',
    ]);
    expect(result.exitCode).toBe(1);
    const { data } = (await cli.run(['check', 'phase1', '--report', '--json'])).json;
    expect(data.criteria[0]).toMatchObject({ status: 'below', level: 1 });
  });

  it('takes back answer by answer with undo', async () => {
    const cli = createSmallCli();
    await check(cli, ready);
    await cli.run(['undo', '2']);
    expect(kinds(cli)).toEqual(['checkpoint.started', 'checkpoint.answered', 'checkpoint.answered']);
    const again = await check(cli, ['No']);
    expect(again.exitCode).toBe(1);
  });

  it('reviews when everything is answered but the attempt is not finished', async () => {
    const cli = createSmallCli();
    await check(cli, ready);
    await cli.run(['undo']);
    expect((await check(cli, ['Finish'])).exitCode).toBe(0);
  });

  it('tells what has changed since the last finished attempt', async () => {
    const cli = createSmallCli();
    await check(cli, ['With notes open', 'Alone', 'My own word', 'No']);
    const result = await check(cli, ['Unaided', 'My own word', 'Alone', 'My own word', 'No']);
    expect(result.stdout).toContain('Changed since last time');
    expect(result.stdout).toContain('From level 1 to level 2.');
    expect(result.stdout).not.toContain('Now answered');
  });
});

describe('evidence in the sitting', () => {
  it('is saved together with the answer it belongs to', async () => {
    const cli = createSmallCli();
    writeIn(cli, 'attention.py', 'print()\n');
    const result = await check(cli, [
      'Unaided',
      'Add evidence',
      './attention.py',
      'Add evidence',
      'https://example.org/me',
      'That is all: 2 pieces',
      'Stop here',
    ]);
    expect(result.exitCode).toBe(1);
    expect(actions(cli)).toEqual([['checkpoint.started', 'evidence.added', 'evidence.added', 'checkpoint.answered']]);
    expect(result.stdout).toContain('https://example.org/me');
    const { data } = (await cli.run(['check', 'phase1', '--report', '--json'])).json;
    expect(data.criteria[0]).toMatchObject({ status: 'ready', selfAttested: false });
    expect(data.selfAttestedShare).toBe(0);
  });

  it('is not saved when the learner stops before the answer is complete', async () => {
    const cli = createSmallCli();
    await check(cli, ['Unaided', 'Add evidence', 'https://example.org/me', interrupt]);
    expect(kinds(cli)).toEqual([]);
  });

  it('may be chosen from what was added to the tasks that the criterion covers', async () => {
    const cli = createSmallCli();
    await cli.run(['evidence', 'add', 'build-attention', 'https://example.org/attention']);
    await check(cli, [
      'Unaided',
      'Choose from evidence you have added (1)',
      ['example.org/attention'],
      'That is all',
      'Stop here',
    ]);
    const { data } = (await cli.run(['check', 'phase1', '--report', '--json'])).json;
    expect(data.criteria[0].evidence).toMatchObject([
      { text: 'https://example.org/attention', cited: true, counts: true, holds: true },
    ]);
  });

  it('says when it does not count, and is not ready by it', async () => {
    const cli = createSmallCli();
    const result = await check(cli, [
      'Unaided',
      'Add evidence',
      'note: I did',
      'That is all: 1 piece of evidence, none of a kind that counts here',
      'Stop here',
    ]);
    expect(result.stderr.replace(/\s+/g, ' ')).toContain(
      'note evidence does not count for this question; what counts is commit, url, file',
    );
    expect(result.stdout).toContain('does not count here');
    const { data } = (await cli.run(['check', 'phase1', '--report', '--json'])).json;
    expect(data.criteria[0].status).toBe('unsupported');
    expect(data.gaps[0].because).toBe('note evidence does not count here; what counts is commit, url, file');
  });

  it('is kept as a note beside the learner’s own word', async () => {
    const cli = createSmallCli();
    await check(cli, ['Unaided', 'Add evidence', 'note: I did', 'My own word', 'Stop here']);
    expect(actions(cli)).toEqual([['checkpoint.started', 'evidence.added', 'checkpoint.answered']]);
    const { data } = (await cli.run(['check', 'phase1', '--report', '--json'])).json;
    expect(data.criteria[0]).toMatchObject({
      status: 'ready',
      selfAttested: true,
      evidence: [{ kind: 'note', counts: false, cited: false }],
    });
  });

  it('asks again when it cannot be read', async () => {
    const cli = createSmallCli();
    const result = await check(cli, [
      'Unaided',
      'Add evidence',
      './missing.py',
      'Add evidence',
      '',
      'My own word',
      'Stop here',
    ]);
    expect(result.stderr).toContain('There is no file “./missing.py”.');
  });
});

describe('aisafe check without a terminal', () => {
  it('exits 6 and names the flag', async () => {
    const cli = createSmallCli();
    for (const argv of [
      ['check', 'phase1'],
      ['check', 'phase1', '--no-input'],
      ['check', 'phase1-check', '--json'],
    ]) {
      const result = await cli.run(argv);
      expect(result.exitCode).toBe(6);
      expect(result.stdout + result.stderr).toContain('aisafe check phase1 --answers FILE');
    }
    expect(kinds(cli)).toEqual([]);
  });

  it('names the nearest phase or checkpoint', async () => {
    const cli = createSmallCli();
    const result = await cli.run(['check', 'phas1', '--json']);
    expect(result.exitCode).toBe(3);
    expect(result.json.error.code).toBe('NOT_FOUND');
    expect(result.json.error.hint).toBe('aisafe check phase1');
  });

  it('says when a phase has no self-assessment', async () => {
    const result = await createSmallCli().run(['check', 'warm-up']);
    expect(result.exitCode).toBe(3);
    expect(result.stderr).toContain('“Warm-up” has no self-assessment. These have one: phase1.');
    expect(result.stderr).toContain('aisafe check phase1');
  });

  it('refuses flags that exclude each other, and --resume with nothing to resume', async () => {
    const cli = createSmallCli();
    expect((await cli.run(['check', 'phase1', '--report', '--answers', 'x.yaml'])).exitCode).toBe(2);
    expect((await cli.run(['check', 'phase1', '--restart', '--resume'])).exitCode).toBe(2);
    const resume = await cli.run(['check', 'phase1', '--resume']);
    expect(resume.exitCode).toBe(2);
    expect(resume.stderr).toContain('no unfinished attempt');
  });
});

describe('aisafe check --report', () => {
  it('is negative and quiet when there was no attempt', async () => {
    const cli = createSmallCli();
    const result = await cli.run(['check', 'phase1', '--report', '--json']);
    expect(result.exitCode).toBe(1);
    expect(result.json).toMatchObject({
      schema: 'aisafe.check/1',
      data: { attempt: null, ready: false, answered: 0, total: 3 },
    });
    expect((await cli.run(['check', 'phase1', '--report'], { tty: true })).stdout).toContain(
      'Never attempted; 3 questions.',
    );
    expect(kinds(cli)).toEqual([]);
  });

  it('shows the last attempt in a pipe with tabs and ISO times', async () => {
    const cli = createSmallCli();
    await check(cli, ready);
    const result = await cli.run(['check', 'phase1', '--report']);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('Finished 2026-11-23T18:00:00.000Z.');
    expect(result.stdout).toContain(
      'attention-from-scratch\tready\t2\t2\tself-attested\tCan you implement attention from scratch?',
    );
  });

  it('turns negative when evidence no longer holds', async () => {
    const cli = createSmallCli();
    writeIn(cli, 'attention.py', 'print(1)\n');
    await check(cli, ['Unaided', 'Add evidence', './attention.py', 'That is all', ...ready.slice(2)]);
    expect((await cli.run(['check', 'phase1', '--report'])).exitCode).toBe(0);
    writeIn(cli, 'attention.py', 'print(2)\n');
    await cli.run(['evidence', 'verify']);
    const result = await cli.run(['check', 'phase1', '--report'], { tty: true, columns: 120 });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('It was ready when it was finished');
    expect(result.stdout).toContain('no longer holds: the file has changed since it was added');
    expect(result.stdout).toContain('aisafe evidence add phase1-check/attention-from-scratch');
  });

  it('says when the question has changed since', async () => {
    const cli = createSmallCli();
    await check(cli, ready);
    const path = `${cli.home}/small/phases/phase1.yaml`;
    const { readFileSync, writeFileSync } = await import('node:fs');
    writeFileSync(path, readFileSync(path, 'utf8').replace('Can you read a paper?', 'Can you read and judge a paper?'));
    const { data } = (await cli.run(['check', 'phase1', '--report', '--json'])).json;
    expect(data.criteria.map((each: { questionChanged: boolean }) => each.questionChanged)).toEqual([
      false,
      false,
      true,
    ]);
  });
});
