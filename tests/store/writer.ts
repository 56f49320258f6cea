/** Run as a process of its own: node writer.mjs FOLDER TASK COUNT. Appends events and names each once it is stored. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../src/errors.js';
import { createClock } from '../../src/platform/clock.js';
import { systemRandom } from '../../src/platform/random.js';
import { openStore } from '../../src/store/open.js';

const [folder = '', task = '', count = '0'] = process.argv.slice(2);

try {
  const store = openStore({
    path: join(folder, 'home', 'aisafe.db'),
    backupFolder: join(folder, 'home', 'backups'),
    clock: createClock(),
    random: systemRandom(),
  });
  for (let minutes = 1; minutes <= Number(count); minutes += 1) {
    const shared = { kind: 'time.logged', subject: 'task/aisafe/shared', data: { minutes: 1 } } as const;
    const own = { kind: 'time.logged', subject: `task/aisafe/${task}`, data: { minutes } } as const;
    for (const event of store.append([own, shared])) writeSync(1, `${event.id}\n`);
  }
  store.close();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  writeSync(1, `${error.code} ${error.hint}\n`);
}
