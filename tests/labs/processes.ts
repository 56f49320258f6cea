import { execFileSync } from 'node:child_process';

/** Command lines of running processes that match; zombies, which only wait for their parent, are none. */
export function processesWith(pattern: RegExp): readonly string[] {
  const list = execFileSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' });
  return list.split('\n').filter((line) => !line.startsWith('Z') && !/\bps -eo\b/.test(line) && pattern.test(line));
}
