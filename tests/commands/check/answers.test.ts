import { describe, expect, it } from 'vitest';
import { createSmallCli, type SmallCli, writeIn } from './small-folder.js';

const good = `criteria:
  attention-from-scratch:
    level: 2
    evidence:
      - https://example.org/me
      - ./attention.py
      - openai/gpt-2@0123abcd
  model-trained: { level: 3, self_attested: true }
  papers-read: { level: 1, evidence: ["note: told a friend"] }
`;

const eventKinds = (cli: SmallCli) => cli.inspect((store) => [...store.events()].map((event) => event.kind).slice(2));

async function problemsOf(
  text: string,
): Promise<{ readonly lines: readonly string[]; readonly cli: SmallCli; readonly exitCode: number }> {
  const cli = createSmallCli();
  writeIn(cli, 'a.yaml', text);
  const result = await cli.run(['check', 'phase1', '--answers', 'a.yaml', '--json']);
  const { findings = [] } = result.json.error.details ?? {};
  const lines = findings.map(
    (each: { line: number; column: number; message: string }) => `${each.line}:${each.column} ${each.message}`,
  );
  return { lines, cli, exitCode: result.exitCode };
}

describe('aisafe check --answers', () => {
  it('answers without a terminal and exits 0 when ready', async () => {
    const cli = createSmallCli();
    writeIn(cli, 'a.yaml', good);
    writeIn(cli, 'attention.py', 'print()\n');
    const result = await cli.run(['check', 'phase1', '--answers', 'a.yaml', '--json']);
    expect(result.exitCode).toBe(0);
    expect(result.json.schema).toBe('aisafe.check/1');
    const { data } = result.json;
    expect(data).toMatchObject({
      phase: 'phase1',
      checkpoint: 'phase1-check',
      ready: true,
      answered: 3,
      total: 3,
      gaps: [],
      changes: [],
    });
    expect(data.attempt).toMatchObject({
      startedAt: '2026-11-23T18:00:00.000Z',
      finishedAt: '2026-11-23T18:00:00.000Z',
      resumed: false,
    });
    expect(data.selfAttestedShare).toBeCloseTo(1 / 3);
    expect(data.criteria[0].evidence.map((each: { kind: string }) => each.kind)).toEqual(['url', 'file', 'commit']);
  });

  it('saves each answer with its evidence as one action', async () => {
    const cli = createSmallCli();
    writeIn(cli, 'a.yaml', good);
    writeIn(cli, 'attention.py', 'print()\n');
    await cli.run(['check', 'phase1', '--answers', 'a.yaml']);
    const actions = cli.inspect((store) =>
      store
        .actions(10)
        .map((action) => action.events.length)
        .reverse()
        .slice(1),
    );
    expect(actions).toEqual([5, 1, 2, 1]);
  });

  it('exits 1 and gives the next task of each gap', async () => {
    const cli = createSmallCli();
    writeIn(
      cli,
      'a.json',
      JSON.stringify({
        criteria: { 'attention-from-scratch': { level: 1 }, 'model-trained': { level: 2, self_attested: true } },
      }),
    );
    const result = await cli.run(['check', 'phase1', '--answers', 'a.json', '--json']);
    expect(result.exitCode).toBe(1);
    expect(result.json.data.gaps).toEqual([
      {
        criterion: 'attention-from-scratch',
        because: 'answered at level 1; level 2 passes',
        status: 'below',
        needsExplanation: false,
        nextTask: { id: 'read-about-softmax', title: 'Read about the softmax', minutes: [30, 40] },
      },
      {
        criterion: 'papers-read',
        because: 'not answered yet',
        status: 'unanswered',
        needsExplanation: false,
        nextTask: { id: 'read-about-softmax', title: 'Read about the softmax', minutes: [30, 40] },
      },
    ]);
  });

  it('reads standard input', async () => {
    const cli = createSmallCli();
    const result = await cli.run(['check', 'phase1-check', '--answers', '-', '--json'], {
      stdin: 'criteria: { papers-read: { level: 1, self_attested: true } }',
    });
    expect(result.json.data.criteria[2]).toMatchObject({ id: 'papers-read', status: 'ready', selfAttested: true });
  });

  it('carries on with an unfinished attempt, and begins anew with --restart', async () => {
    const cli = createSmallCli();
    await cli.run(['check', 'phase1'], { tty: true, answers: ['Unaided', 'My own word', 'Stop'] });
    writeIn(cli, 'a.yaml', 'criteria: { model-trained: { level: 0 } }');
    const resumed = (await cli.run(['check', 'phase1', '--answers', 'a.yaml', '--json', '--resume'])).json.data;
    expect(resumed).toMatchObject({ answered: 2, attempt: { resumed: true } });
    const anew = (await cli.run(['check', 'phase1', '--answers', 'a.yaml', '--json', '--restart'])).json.data;
    expect(anew).toMatchObject({ answered: 1, attempt: { resumed: false } });
    expect(anew.changes).toEqual([
      { criterion: 'attention-from-scratch', before: { level: 2, selfAttested: true }, after: null },
    ]);
  });

  it('uses evidence that is there already instead of keeping it twice', async () => {
    const cli = createSmallCli();
    const text =
      'criteria: { attention-from-scratch: { level: 2, evidence: ["https://example.org/me"] }, model-trained: { level: 2, evidence: ["https://example.org/me"] } }';
    writeIn(cli, 'a.yaml', text);
    await cli.run(['check', 'phase1', '--answers', 'a.yaml']);
    await cli.run(['check', 'phase1', '--answers', 'a.yaml']);
    const { data } = (await cli.run(['evidence', 'list', '--json'])).json;
    expect(data.evidence).toHaveLength(1);
    const id = data.evidence[0].id.slice(0, 8);
    writeIn(cli, 'b.yaml', `criteria: { papers-read: { level: 0 }, model-trained: { level: 2, evidence: ["${id}"] } }`);
    const again = (await cli.run(['check', 'phase1', '--answers', 'b.yaml', '--json'])).json.data;
    expect(again.criteria[1]).toMatchObject({
      status: 'ready',
      evidence: [{ text: 'https://example.org/me', cited: true }],
    });
  });

  it('takes one’s word when the evidence is of a kind that does not count', async () => {
    const cli = createSmallCli();
    writeIn(
      cli,
      'a.yaml',
      'criteria: { attention-from-scratch: { level: 2, evidence: ["note: I did"], self_attested: true } }',
    );
    const { data } = (await cli.run(['check', 'phase1', '--answers', 'a.yaml', '--json'])).json;
    expect(data.criteria[0]).toMatchObject({
      status: 'ready',
      selfAttested: true,
      evidence: [{ kind: 'note', counts: false }],
    });
  });

  it('keeps evidence that does not count as a note, and is not ready by it', async () => {
    const cli = createSmallCli();
    writeIn(cli, 'a.yaml', 'criteria: { attention-from-scratch: { level: 2, evidence: ["note: I did"] } }');
    const { data } = (await cli.run(['check', 'phase1', '--answers', 'a.yaml', '--json'])).json;
    expect(data.criteria[0]).toMatchObject({ status: 'unsupported', evidence: [{ kind: 'note', counts: false }] });
  });
});

describe('an answers file with problems', () => {
  it('is refused whole, with every problem at its place', async () => {
    const text = `criteria:
  atention-from-scratch: { level: 2, self_attested: true }
  attention-from-scratch:
    level: 7
    evidense: [x]
  model-trained: 2
  papers-read:
    evidence: note
extra: 1
`;
    const { lines, cli, exitCode } = await problemsOf(text);
    expect(exitCode).toBe(4);
    expect(lines).toEqual([
      '2:3 phase1-check has no criterion atention-from-scratch; did you mean attention-from-scratch?',
      '4:12 from 0 to 3',
      '5:5 unknown key "evidense"; known: level, evidence, self_attested',
      '6:18 a level alone does not say what shows it; write { level: 0 to 3, evidence: [...] } or { level: 0 to 3, self_attested: true }',
      '8:5 "level" is missing; write { level: 0 to 3, evidence: [...] } or { level: 0 to 3, self_attested: true }',
      '8:15 a list: [..., ...]',
      '9:1 unknown key "extra"; known: criteria, quiz',
    ]);
    expect(eventKinds(cli)).toEqual([]);
  });

  it('names each piece of evidence that cannot be kept', async () => {
    const { lines, cli } = await problemsOf(`criteria:
  model-trained:
    level: 2
    evidence:
      - ./missing.py
      - ftp://example.org/x
      - https://me:secret@example.org/
      - https://example.org/fine
      - "note:"
`);
    expect(lines.map((line) => line.split(' ', 1)[0])).toEqual(['5:9', '6:9', '7:9', '9:9']);
    expect(lines[0]).toContain('There is no file “./missing.py”.');
    expect(lines[1]).toContain('only https and http');
    expect(lines[2]).toContain('user name or a password');
    expect(lines[3]).toContain('The note is empty.');
    expect(eventKinds(cli)).toEqual([]);
  });

  it.each([
    [
      'a level at the bar that nothing shows',
      'criteria:\n  model-trained: { level: 2 }\n',
      '2:18 nothing says what shows it',
    ],
    [
      'a level at the bar that is not attested',
      'criteria: { model-trained: { level: 2, self_attested: false } }',
      '1:28 nothing says what shows it',
    ],
    ['a level that is not whole', 'criteria: { model-trained: { level: 1.5 } }', '1:37 a whole number from 0 to 3'],
    ['a level in words', 'criteria: { model-trained: { level: two } }', '1:37 a whole number from 0 to 3'],
    ['no criteria', '{}', '1:1 "criteria" is missing'],
    ['a list', '- a', '1:1 an answers file is a mapping with the key “criteria”'],
    ['nothing', '', '1:1 an answers file is a mapping with the key “criteria”'],
    ['criteria that are a list', 'criteria: [a]', '1:11 criteria maps the id of each criterion to its answer'],
    ['no answers', 'criteria: {}', '1:11 no criterion is answered'],
    ['the same key twice', 'criteria:\n  model-trained: { level: 0 }\n  model-trained: { level: 1 }\n', '3:3 the key'],
    ['broken YAML', 'criteria: [', '1:12 '],
    ['broken JSON', '{"criteria": {"model-trained": {"level": 2}', '1:'],
  ])('%s', async (_, text, problem) => {
    const { lines, cli, exitCode } = await problemsOf(text);
    expect(exitCode).toBe(4);
    expect(lines[0]).toContain(problem);
    expect(eventKinds(cli)).toEqual([]);
  });

  it('prints file, line and column for a person', async () => {
    const cli = createSmallCli();
    writeIn(cli, 'a.yaml', 'criteria: { model-trained: 2 }');
    const result = await cli.run(['check', 'phase1', '--answers', 'a.yaml'], { tty: true });
    expect(result.stderr).toContain('a.yaml has 1 problem; nothing was saved.\na.yaml:1:28 a level alone');
    expect(result.stderr).toContain('aisafe check --help');
  });

  it('is not found, a folder, or not text: each says so', async () => {
    const cli = createSmallCli();
    expect((await cli.run(['check', 'phase1', '--answers', 'none.yaml'])).exitCode).toBe(3);
    expect((await cli.run(['check', 'phase1', '--answers', '.'])).stderr).toContain('it is a folder');
    writeIn(
      cli,
      'bomb.yaml',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((letter, index) => `${letter}: &${letter} [${`*${'abcdefgh'[index]},`.repeat(9)}]`)
        .join('\n')}\n`,
    );
    expect((await cli.run(['check', 'phase1', '--answers', 'bomb.yaml'])).exitCode).toBe(4);
    writeIn(cli, 'deep.yaml', '['.repeat(100_000));
    expect((await cli.run(['check', 'phase1', '--answers', 'deep.yaml'])).exitCode).toBe(4);
  });
});
