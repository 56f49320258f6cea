import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClock } from '../../src/platform/clock.js';
import { systemRandom } from '../../src/platform/random.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { type Cli, createCli, type RunOptions, testNow } from './cli.js';

export interface InspectableCli extends Cli {
  /** Opens the learner's store; closed after use. */
  inspect<T>(look: (store: Store) => T): T;
}

/**
 * The program with a curriculum of its own, added and in use.
 * @param files text by path within the curriculum's folder.
 */
export function createCliWith(
  id: string,
  files: Readonly<Record<string, string>>,
  defaults: RunOptions = {},
): InspectableCli {
  const cli = createCli(defaults);
  const folder = join(cli.home, id);
  mkdirSync(join(folder, 'phases'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const inspect: InspectableCli['inspect'] = (look) => {
    const store = openStore({
      path: join(cli.home, 'aisafe.db'),
      backupFolder: join(cli.home, 'backups'),
      clock: createClock({ at: new Date(testNow), timeZone: 'UTC' }),
      random: systemRandom(),
    });
    try {
      return look(store);
    } finally {
      store.close();
    }
  };
  inspect((store) =>
    store.append([
      { kind: 'curriculum.added', subject: `curriculum/${id}`, data: { path: folder } },
      { kind: 'setting.set', subject: 'setting/curriculum', data: { value: id } },
    ]),
  );
  return { ...cli, inspect };
}
