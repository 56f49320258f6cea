import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCurriculum } from '../../src/content/load.js';
import { readCurriculum } from '../../src/content/read.js';
import { AppError } from '../../src/errors.js';
import { applyChange, baseFolder, changedBase, shippedFolder } from './folders.js';
import { memoryCache } from './memory-cache.js';

/** Marks what is kept, so that it shows when it comes back. */
function mark(cache: ReturnType<typeof memoryCache>): void {
  cache.edit((json) => json.replace('"title":"Base"', '"title":"Kept"').replace('"name":"Slope"', '"name":"Kept"'));
}

describe('loading a curriculum', () => {
  it('reads it, and keeps what it read', async () => {
    const cache = memoryCache();
    const loaded = await loadCurriculum({ folder: baseFolder, cache });
    expect(loaded).toEqual(readCurriculum(baseFolder).curriculum);
    expect(cache.written).toHaveLength(1);
  });

  it('takes it from the cache while the files are the same', async () => {
    const folder = changedBase();
    const cache = memoryCache();
    await loadCurriculum({ folder, cache });
    mark(cache);
    expect((await loadCurriculum({ folder, cache })).title).toBe('Kept');
    expect(cache.written).toHaveLength(1);
  });

  it('takes it from the cache when only the times have changed, and notes the new times', async () => {
    const folder = changedBase();
    const cache = memoryCache();
    await loadCurriculum({ folder, cache });
    mark(cache);
    utimesSync(join(folder, 'concepts.yaml'), 1, 1);
    expect((await loadCurriculum({ folder, cache })).title).toBe('Kept');
    expect(cache.written).toHaveLength(2);
    await loadCurriculum({ folder, cache });
    expect(cache.written).toHaveLength(2);
  });

  it('reads it anew when a file has changed, even to one of the same size and time', async () => {
    const folder = changedBase();
    const cache = memoryCache();
    const path = join(folder, 'curriculum.yaml');
    utimesSync(path, 1000, 1000);
    await loadCurriculum({ folder, cache });
    writeFileSync(path, readFileSync(path, 'utf8').replace('title: Base', 'title: Boss'));
    utimesSync(path, 1000, 1000);
    expect((await loadCurriculum({ folder, cache })).title).toBe('Boss');
  });

  it.each([
    ['a phase', { file: 'phases/third.yaml', write: 'id: third\n' }],
    ['a list that was not there', { file: 'briefs.yaml', write: '[]\n' }],
  ])('looks again when there is %s more', async (_what, change) => {
    const folder = changedBase([
      { file: 'briefs.yaml', remove: true },
      { file: 'phases/first.yaml', replace: '        briefs: [why-slopes]\n', with: '' },
    ]);
    const cache = memoryCache();
    await loadCurriculum({ folder, cache });
    applyChange(folder, change);
    await loadCurriculum({ folder, cache });
    expect(cache.written).toHaveLength(2);
  });

  it('parses only the files that have changed, and comes to the same', async () => {
    const folder = changedBase();
    const cache = memoryCache();
    await loadCurriculum({ folder, cache });
    cache.edit((json) => json.replace('"name":"Slope"', '"name":"Kept"'));
    applyChange(folder, { file: 'curriculum.yaml', replace: 'title: Base', with: 'title: Boss' });
    const changed = await loadCurriculum({ folder, cache });
    expect(changed.title).toBe('Boss');
    expect(changed.concepts.map(({ name }) => name)).toContain('Kept');
    expect(await loadCurriculum({ folder, cache: memoryCache() })).toEqual(readCurriculum(folder).curriculum);
  });

  it.each(['', '{}', 'null', '{"phases":', '[]'])('reads anew when what is kept is damaged: %j', async (damaged) => {
    const folder = changedBase();
    const cache = memoryCache();
    const loaded = await loadCurriculum({ folder, cache });
    for (const [key, { fingerprint }] of cache.readings) cache.readings.set(key, { fingerprint, json: damaged });
    expect(await loadCurriculum({ folder, cache })).toEqual(loaded);
    for (const [key, { json }] of cache.readings) cache.readings.set(key, { fingerprint: damaged, json });
    expect(await loadCurriculum({ folder, cache })).toEqual(loaded);
  });

  it('keeps long lists in pieces, and parses a piece when it is looked at', async () => {
    const cache = memoryCache();
    const loaded = await loadCurriculum({ folder: shippedFolder, cache });
    expect(cache.texts.size).toBeGreaterThan(4);
    cache.edit((json) => (json.startsWith('[{"id"') ? '[]' : json));
    const kept = await loadCurriculum({ folder: shippedFolder, cache });
    expect(kept.title).toBe(loaded.title);
    expect(kept.revisions).toEqual(loaded.revisions);
    expect([kept.phases, kept.resources]).toEqual([[], []]);
  });

  it.each([
    ['gone', (texts: Map<string, string>) => texts.clear()],
    [
      'damaged',
      (texts: Map<string, string>) => {
        for (const name of texts.keys()) texts.set(name, '[{"id":');
      },
    ],
  ])('says so when a piece is %s, and reads the files anew the next time', async (_what, damage) => {
    const cache = memoryCache();
    const loaded = await loadCurriculum({ folder: shippedFolder, cache });
    damage(cache.texts);
    const kept = await loadCurriculum({ folder: shippedFolder, cache });
    expect(() => kept.phases).toThrow(
      expect.objectContaining({ code: 'STORE_LOCKED', hint: 'Run the command again.' }),
    );
    expect(await loadCurriculum({ folder: shippedFolder, cache })).toEqual(loaded);
  });

  it('keeps curricula of different folders apart', async () => {
    const cache = memoryCache();
    await loadCurriculum({ folder: changedBase(), cache });
    await loadCurriculum({ folder: changedBase(), cache });
    expect(new Set(cache.written).size).toBe(2);
  });

  it('loads one with warnings', async () => {
    const folder = changedBase([{ file: 'programs.yaml', replace: '  rolling: true\n', with: '' }]);
    expect((await loadCurriculum({ folder, cache: memoryCache() })).id).toBe('base');
  });

  it('refuses one with errors, names the first of them and the command that lists all', async () => {
    const folder = changedBase([
      { file: 'phases/first.yaml', replace: 'requires: [read-slope]', with: 'requires: [read-slop]' },
    ]);
    const cache = memoryCache();
    const error = await loadCurriculum({ folder, cache }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'CURRICULUM_INVALID',
      message: expect.stringContaining('phases/first.yaml:25:20 unknown-reference'),
      hint: `aisafe curriculum lint ${folder}`,
      details: { errors: 1 },
    });
    expect(cache.written).toHaveLength(0);
  });

  it('does not fall back on the cache when the files have become wrong', async () => {
    const folder = changedBase();
    const cache = memoryCache();
    await loadCurriculum({ folder, cache });
    applyChange(folder, { file: 'curriculum.yaml', remove: true });
    await expect(loadCurriculum({ folder, cache })).rejects.toMatchObject({ code: 'CURRICULUM_INVALID' });
  });

  it.each([
    ['no folder', join(baseFolder, 'nowhere')],
    ['a file', join(baseFolder, 'concepts.yaml')],
    ['a name that is none', 'a\0b'],
  ])('says so when there is %s', async (_what, folder) => {
    await expect(loadCurriculum({ folder, cache: memoryCache() })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});
