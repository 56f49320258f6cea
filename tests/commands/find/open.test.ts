import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyChange, baseFolder } from '../../content/folders.js';
import { createCliWith } from '../../helpers/cli-with-curriculum.js';
import { createGuideCli } from '../../helpers/guide-cli.js';

const withBrowser = () => {
  const opened: string[] = [];
  const cli = createGuideCli({
    openUrl: async (url) => {
      opened.push(url);
      return true;
    },
  });
  return { cli, opened };
};

describe('aisafe open', () => {
  it.each([
    ['vector-films', 'https://example.org/films'],
    ['open-camp', 'https://example.org/camp'],
    ['watch-vectors', 'https://example.org/films'],
  ])('opens %s', async (id, url) => {
    const { cli, opened } = withBrowser();
    const { exitCode, json } = await cli.run(['open', id, '--json']);
    expect(exitCode).toBe(0);
    expect(opened).toEqual([url]);
    expect(json.data).toMatchObject({ url, opened: true });
  });

  it('says what it opened, and what else a task has', async () => {
    const { cli } = withBrowser();
    const { stdout, stderr } = await cli.run(['open', 'watch-vectors'], { tty: true });
    expect(stdout).toContain('Opened Films about vectors');
    expect(stderr).toBe('Also for this task: aisafe open vector-book-2\n');
  });

  it('only prints the address with --print', async () => {
    const { cli, opened } = withBrowser();
    const { stdout, stderr } = await cli.run(['open', 'vector-films', '--print'], { tty: true });
    expect(stdout).toBe('https://example.org/films\n');
    expect(stderr).toBe('');
    expect(opened).toEqual([]);
  });

  it('prints the address when there is no browser', async () => {
    const { exitCode, stdout, stderr } = await createGuideCli().run(['open', 'vector-films']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('https://example.org/films\n');
    expect(stderr).toContain('No browser');
  });

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'ftp://example.org/x',
    'vbscript:x',
    'slopes',
  ])('hands the browser nothing but https and http, whatever a curriculum says: %s', async (url) => {
    const opened: string[] = [];
    const openUrl = async (address: string) => {
      opened.push(address);
      return true;
    };
    const cli = createCliWith('base', {}, { openUrl });
    const folder = join(cli.home, 'base');
    cpSync(baseFolder, folder, { recursive: true });
    expect((await cli.run(['open', 'slope-article', '--json'])).json.data.opened).toBe(true);
    applyChange(folder, { file: 'resources.yaml', replace: 'https://example.org/slopes', with: url });
    const { exitCode, json } = await cli.run(['open', 'slope-article', '--json']);
    expect([exitCode, json.error.code]).toEqual([4, 'CURRICULUM_INVALID']);
    expect(opened).toEqual(['https://example.org/slopes']);
  });

  it('warns when something newer has replaced it, or a part of it is out of date', async () => {
    const { cli } = withBrowser();
    const old = await cli.run(['open', 'vector-book']);
    expect(old.stderr).toContain('superseded');
    expect(old.stderr).toContain('aisafe open vector-book-2');
    const partly = await cli.run(['open', 'left-paper']);
    expect(partly.stderr).toContain('aisafe resources left-paper');
  });

  it.each([
    ['vector-flims', 3, 'NOT_FOUND', 'aisafe open vector-films'],
    ['look-around', 3, 'NOT_FOUND', 'aisafe show look-around'],
    ['vector', 2, 'USAGE', undefined],
  ])('refuses %s', async (id, exitCode, code, hint) => {
    const { cli, opened } = withBrowser();
    const result = await cli.run(['open', id, '--json']);
    expect(result.exitCode).toBe(exitCode);
    expect(result.json.error.code).toBe(code);
    if (hint) expect(result.json.error.hint).toBe(hint);
    expect(opened).toEqual([]);
  });
});
