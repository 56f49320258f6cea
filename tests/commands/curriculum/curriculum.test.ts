import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCli } from '../../helpers/cli.js';

function edit(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(path, 'utf8');
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${from} is not in ${path}`);
  writeFileSync(path, edited);
}

describe('a curriculum of the learner’s own', () => {
  it('is written, checked, added, used and removed, and its progress is kept', async () => {
    const cli = createCli();
    const written = await cli.run(['curriculum', 'new', 'course', '--json']);
    expect(written.exitCode).toBe(0);
    expect(written.json.data.files).toContain('curriculum.yaml');
    const linted = await cli.run(['curriculum', 'lint', 'course', '--strict', '--json']);
    expect([linted.exitCode, linted.json.data.findings]).toEqual([0, []]);

    const added = await cli.run(['curriculum', 'add', 'course', '--use', '--json']);
    expect(added.json.data).toMatchObject({ id: 'course', change: 'added', current: 'course' });
    const first = (await cli.run(['next', '--json'])).json.data.tasks[0].id;
    await cli.run(['done', first]);
    expect((await cli.run(['curriculum', 'list', '--json'])).json.data.curricula).toMatchObject([
      { id: 'aisafe', shipped: true, current: false, state: 'ready' },
      { id: 'course', current: true, state: 'ready' },
    ]);
    expect((await cli.run(['next', '--curriculum', 'aisafe', '--json'])).json.data.tasks[0].id).not.toBe(first);

    await cli.run(['curriculum', 'remove', 'course']);
    expect((await cli.run(['next', '--json'])).json.data.tasks[0].id).not.toBe(first);
    expect((await cli.run(['next', '--curriculum', 'course'])).exitCode).toBe(3);
    await cli.run(['curriculum', 'add', 'course', '--use']);
    expect((await cli.run(['show', first, '--json'])).json.data.state).toBe('done');
  });

  it('is refused with its findings when it has errors, and a changed one is read anew', async () => {
    const cli = createCli();
    await cli.run(['curriculum', 'new', 'course']);
    await cli.run(['curriculum', 'add', 'course', '--use']);
    await cli.run(['next']);
    edit(join(cli.home, 'course/curriculum.yaml'), /^title:/m, 'titel:');
    const broken = await cli.run(['next', '--json']);
    expect([broken.exitCode, broken.json.error.code]).toEqual([4, 'CURRICULUM_INVALID']);
    expect(broken.json.error.hint).toContain('aisafe curriculum lint');
    const linted = await cli.run(['curriculum', 'lint', 'course']);
    expect(linted.exitCode).toBe(1);
    expect(linted.stdout).toMatch(/^curriculum\.yaml:\d+:1 error unknown-key .*titel.*title/m);
    expect((await cli.run(['curriculum', 'add', 'course'])).exitCode).toBe(4);
    // The shipped curriculum is still at hand.
    expect((await cli.run(['next', '--curriculum', 'aisafe'])).exitCode).toBe(0);
  });

  it('cannot take the id of the shipped one, nor a folder that is not there', async () => {
    const cli = createCli();
    await cli.run(['curriculum', 'new', 'course']);
    edit(join(cli.home, 'course/curriculum.yaml'), /^id: .*$/m, 'id: aisafe');
    expect((await cli.run(['curriculum', 'add', 'course'])).exitCode).toBe(2);
    expect((await cli.run(['curriculum', 'add', 'nowhere'])).exitCode).toBe(3);
    expect((await cli.run(['curriculum', 'remove', 'aisafe'])).exitCode).toBe(3);
    mkdirSync(join(cli.home, 'full'));
    writeFileSync(join(cli.home, 'full/file'), '');
    expect((await cli.run(['curriculum', 'new', 'full'])).exitCode).toBe(2);
    expect(existsSync(join(cli.home, 'full/curriculum.yaml'))).toBe(false);
  });
});

describe('aisafe curriculum update', () => {
  it('shows what a newer version does to the learner’s progress before it does it', async () => {
    const cli = createCli();
    await cli.run(['curriculum', 'new', 'course']);
    await cli.run(['curriculum', 'add', 'course', '--use']);
    const ids = (await cli.run(['list', '--json'])).json.data.phases.flatMap(
      (phase: { modules: { tasks: { id: string }[] }[] }) =>
        phase.modules.flatMap((module) => module.tasks.map((task) => task.id)),
    );
    const [first, second] = ids as [string, string];
    await cli.run(['done', first, second]);

    cpSync(join(cli.home, 'course'), join(cli.home, 'newer'), { recursive: true });
    const phase = join(cli.home, 'newer/phases', `${(await cli.run(['list', '--json'])).json.data.phases[0].id}.yaml`);
    edit(phase, `id: ${first}`, `id: ${first}-anew\n        aliases: [${first}]`);
    for (let text = readFileSync(phase, 'utf8'); text.includes(`[${first}]\n`) && !text.includes('aliases'); ) break;
    const preview = await cli.run(['curriculum', 'update', 'newer', '--dry-run', '--json']);
    expect(preview.json.data).toMatchObject({ complete: true, applied: false });
    const changes = new Map(
      preview.json.data.changes.map((change: { id: string; change: string }) => [change.id, change]),
    );
    expect(changes.get(`${first}-anew`)).toMatchObject({ change: 'renamed', formerId: first, state: 'done' });
    expect((await cli.run(['show', first, '--json'])).json.data.id).toBe(first);

    await cli.run(['curriculum', 'update', 'newer']);
    expect((await cli.run(['show', first, '--json'])).json.data).toMatchObject({ id: `${first}-anew`, state: 'done' });
    expect((await cli.run(['curriculum', 'update', '--dry-run', '--json'])).json.data).toMatchObject({
      changes: [],
      complete: true,
    });
  });
});

describe('aisafe curriculum schema', () => {
  it('prints the JSON Schema of each kind of file', async () => {
    const cli = createCli();
    const { json } = await cli.run(['curriculum', 'schema', '--json']);
    for (const kind of json.data.kinds) {
      const { stdout } = await cli.run(['curriculum', 'schema', kind]);
      expect(JSON.parse(stdout).$schema).toContain('json-schema.org');
    }
    expect((await cli.run(['curriculum', 'schema', 'phases'])).exitCode).toBe(3);
  });
});
