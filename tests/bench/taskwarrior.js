import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Taskwarrior with as many tasks of the same form: one in four waits for the one before. Returns its `next`. */
export function fillTaskwarrior(folder, count) {
  mkdirSync(folder, { recursive: true });
  const settings = join(folder, 'taskrc');
  writeFileSync(settings, `data.location=${folder}\nconfirmation=off\nverbose=nothing\n`);
  const uuid = (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const tasks = Array.from({ length: count }, (_, index) => ({
    uuid: uuid(index),
    description: `Do the thing that is number ${index}`,
    project: `p${Math.floor((index * 10) / count)}`,
    status: 'pending',
    entry: '20260101T120000Z',
    priority: ['H', 'M', 'L'][index % 3],
    ...(index % 4 === 3 && { depends: [uuid(index - 1)] }),
  }));
  const env = { ...process.env, TASKRC: settings, TASKDATA: folder };
  execFileSync('task', ['import', '-'], { env, input: JSON.stringify(tasks), stdio: ['pipe', 'ignore', 'ignore'] });
  return { name: 'task next', file: 'task', args: ['next', 'limit:3'], env: { TASKRC: settings, TASKDATA: folder } };
}
