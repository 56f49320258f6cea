import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keys, openTerminal, tempHome } from './terminal.js';

function json(home: string, argv: readonly string[]) {
  try {
    return JSON.parse(
      execFileSync(process.execPath, [resolve('bin/aisafe.cjs'), ...argv, '--json'], {
        env: { ...process.env, AISAFE_HOME: join(home, 'data') },
        encoding: 'utf8',
      }),
    );
  } catch (error) {
    // A negative outcome (exit 1) prints its document too.
    return JSON.parse((error as { stdout: string }).stdout);
  }
}

describe('the built program', () => {
  it('leaves import() to the loader: code that was kept from an earlier run cannot do it', () => {
    const chunks = readdirSync('dist').filter((name) => name.endsWith('.cjs'));
    const texts = chunks.map((name) => [name, readFileSync(join('dist', name), 'utf8')] as const);
    expect(texts.filter(([, text]) => /[=([,;?:]\s*(await )?import\(/.test(text)).map(([name]) => name)).toEqual([]);
    expect(texts.some(([, text]) => text.includes('module.importPackage("chalk")'))).toBe(true);
  });
});

describe('in a real terminal', () => {
  it.each([60, 80, 120])('fits %i columns, with colour and links', async (columns) => {
    const screen = openTerminal(['next', '--why'], { columns, rows: 80 });
    expect(await screen.exit()).toBe(0);
    await screen.waitFor('aisafe start');
    expect(
      Math.max(
        ...screen
          .text()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(columns);
  });

  it('leads through init, and keeps what was answered before Ctrl-C', async () => {
    const screen = openTerminal(['init']);
    await screen.waitFor('Have you used mathematics');
    screen.type(keys.enter);
    await screen.waitFor('How many hours a week');
    screen.type(`7${keys.enter}`);
    await screen.waitFor('Which track');
    screen.type(keys.ctrlC);
    expect(await screen.exit()).toBe(130);
    await screen.waitFor('Everything answered so far is kept.');
    expect(json(screen.home, ['export', '--format', 'json']).data.profile).toMatchObject({
      background: 'stem',
      hoursPerWeek: 7,
    });
  });

  it('keeps every answer of a self-assessment when the program is killed, and carries on there', async () => {
    const home = tempHome();
    const screen = openTerminal(['check', 'phase1'], { home });
    await screen.waitFor('1 of 6');
    screen.type(keys.enter); // The first level: below the bar, so no evidence is asked for.
    await screen.waitFor('2 of 6');
    screen.type(keys.enter);
    await screen.waitFor('3 of 6');
    screen.kill('SIGKILL');
    await screen.exit();
    expect(json(home, ['check', 'phase1', '--report']).data).toMatchObject({ answered: 2, ready: false });
    const again = openTerminal(['check', 'phase1'], { home });
    await again.waitFor('2 of 6 answered');
    await again.waitFor('3 of 6');
    again.type(keys.ctrlC);
    expect(await again.exit()).toBe(130);
    expect(json(home, ['doctor']).data.checks.every((check: { status: string }) => check.status !== 'failed')).toBe(
      true,
    );
  });

  it('reads numbers instead of repainting with --plain', async () => {
    const screen = openTerminal(['focus', '--plain']);
    await screen.waitFor('1/8');
    expect(screen.text()).toMatch(/1\) /);
    screen.type(`1${keys.enter}`);
    await screen.waitFor('2/8');
    screen.type(keys.ctrlC);
    expect(await screen.exit()).toBe(130);
  });
});
