import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type WatchRequest, watchFiles } from '../../src/labs/watch-files.js';

/** Watches `answer.py` in a folder that need not be there. */
function watching(folder: string, options: Partial<WatchRequest> = {}) {
  const onChange = vi.fn();
  const onPolling = vi.fn();
  const watch = watchFiles({ folder, names: ['answer.py'], onChange, onPolling, ...options });
  onTestFinished(() => watch.close());
  return { onChange, onPolling };
}

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aisafe-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it.each([false, true])('tells once of a save that changes something (looking again and again: %s)', async (poll) => {
  const folder = tempFolder();
  const save = (text: string) => writeFileSync(join(folder, 'answer.py'), text);
  save('x = 1\n');
  const { onChange, onPolling } = watching(folder, { poll });
  expect(onPolling.mock.calls).toEqual(poll ? [['as asked']] : []);
  save('x = 1\n');
  await wait(1200);
  expect(onChange).not.toHaveBeenCalled();
  save('x = 2\n');
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: 10_000 });
});

it('looks again and again, and says why, where nothing tells of changes', async () => {
  const folder = join(tempFolder(), 'later');
  const { onChange, onPolling } = watching(folder);
  expect(onPolling).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('ENOENT'));
  mkdirSync(folder);
  writeFileSync(join(folder, 'answer.py'), 'x = 1\n');
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: 10_000 });
});
