import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { neverCalled } from '../../vite.config.js';
import { eventsOf, openIn, started, tempFolder } from './temp-store.js';

async function bundleWriter(folder: string): Promise<string> {
  const outfile = join(folder, 'writer.mjs');
  await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [neverCalled],
    build: {
      ssr: resolve('tests/store/writer.ts'),
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'writer.mjs' } },
    },
    ssr: { external: true, noExternal: ['better-sqlite3'] },
  });
  return outfile;
}

/** The same, where the packages are installed. */
async function installWriter(folder: string): Promise<string> {
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return bundleWriter(folder);
}

function startWriter(script: string, folder: string, task: string, count: number) {
  const child = spawn(process.execPath, [script, folder, task, String(count)]);
  const lines: string[] = [];
  const errors: string[] = [];
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    const parts = text.split('\n');
    text = parts.pop() ?? '';
    lines.push(...parts);
  });
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  return { child, lines, errors, ended: once(child, 'close') };
}

async function waitForLines(child: ChildProcess, lines: readonly string[], count: number): Promise<void> {
  while (lines.length < count && child.exitCode === null) await new Promise((done) => setTimeout(done, 5));
}

describe('several processes', () => {
  it('lose nothing when four of them start a store and write at once', async () => {
    const folder = tempFolder();
    const script = await installWriter(folder);
    const writers = ['a', 'b', 'c', 'd'].map((task) => startWriter(script, folder, task, 25));
    await Promise.all(writers.map((writer) => writer.ended));
    expect(writers.flatMap((writer) => writer.errors)).toEqual([]);
    const store = openIn(folder);
    expect(
      eventsOf(store)
        .map((event) => event.id)
        .sort(),
    ).toEqual(writers.flatMap((writer) => writer.lines).sort());
    expect(store.progress().task.get('aisafe/shared')?.minutes).toBe(100);
    for (const task of ['a', 'b', 'c', 'd']) expect(store.progress().task.get(`aisafe/${task}`)?.minutes).toBe(325);
    expect(store.check().filter((check) => check.status === 'failed')).toEqual([]);
  });

  it('keep every answer that was stored before a kill -9', async () => {
    const folder = tempFolder();
    const script = await installWriter(folder);
    const { child, lines, ended } = startWriter(script, folder, 'a', 100_000);
    await waitForLines(child, lines, 20);
    child.kill('SIGKILL');
    await ended;
    const store = openIn(folder);
    const kept = new Set(eventsOf(store).map((event) => event.id));
    expect(lines.length).toBeGreaterThanOrEqual(20);
    expect(lines.filter((id) => !kept.has(id))).toEqual([]);
    expect(kept.size % 2).toBe(0);
    expect(store.check().filter((check) => check.status === 'failed')).toEqual([]);
  });

  it('can be killed at any moment of the first start', async () => {
    const folder = tempFolder();
    const script = await installWriter(folder);
    for (const after of [40, 60, 70, 80, 90, 100, 120]) {
      const { child, ended } = startWriter(script, folder, 'a', 1);
      const timer = setTimeout(() => child.kill('SIGKILL'), after);
      await ended;
      clearTimeout(timer);
    }
    const store = openIn(folder);
    store.append([started('b')]);
    expect(store.check().filter((check) => check.status === 'failed')).toEqual([]);
  });
});

describe('a native module that does not load', () => {
  const missing = 'NATIVE_MODULE npm rebuild better-sqlite3';

  it('is told from a broken store when it is not installed', async () => {
    const folder = tempFolder();
    const { lines, ended } = startWriter(await bundleWriter(folder), folder, 'a', 1);
    await ended;
    expect(lines).toEqual([missing]);
  });

  it('is told from a broken store when it was built for another Node', async () => {
    const folder = tempFolder();
    const release = join(folder, 'node_modules', 'better-sqlite3', 'build', 'Release');
    mkdirSync(release, { recursive: true });
    writeFileSync(join(release, 'better_sqlite3.node'), 'compiled for something else');
    const { lines, ended } = startWriter(await bundleWriter(folder), folder, 'a', 1);
    await ended;
    expect(lines).toEqual([missing]);
  });
});
