import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBackupName, parseBackupName } from '../../src/store/backup-name.js';
import { expendableBackups } from '../../src/store/backup-thinning.js';
import type { Backup } from '../../src/store/store.js';
import { noon } from './temp-store.js';

const day = 86_400_000;
const now = new Date(noon);

function backup(daysAgo: number, reason = 'daily'): Backup {
  const at = new Date(now.getTime() - daysAgo * day).toISOString();
  return { path: `/b/${at}-${reason}`, at, bytes: 1, reason };
}

const kept = (backups: readonly Backup[]) => {
  const gone = new Set(expendableBackups(backups, now));
  return backups.filter((each) => !gone.has(each));
};

describe('thinning backups', () => {
  it('keeps everything of the last 7 days', () => {
    const recent = [0, 0.1, 0.2, 1, 2, 3, 6.9].map((days) => backup(days));
    expect(kept(recent)).toEqual(recent);
  });

  it('keeps the newest of each week for 8 weeks', () => {
    // 30 September 2026 is a Wednesday: 10 days before is a Sunday, 16 days before the Monday of that week.
    const week = [10, 11, 12, 16].map((days) => backup(days));
    expect(kept(week)).toEqual([week[0]]);
    expect(kept([backup(10), backup(17)])).toHaveLength(2);
  });

  it('keeps the newest of each month after that', () => {
    // Days before that fall on 30 and 2 June, and on 31 May.
    const [late, early, may] = [backup(92), backup(120), backup(122)];
    expect(kept([early, late, may])).toEqual([late, may]);
  });

  it('keeps those made by hand or before a risky step for 30 days', () => {
    const deliberate = [
      backup(20, 'manual'),
      backup(21, 'pre-restore'),
      backup(22, 'pre-import'),
      backup(29, 'pre-migration'),
    ];
    expect(kept(deliberate)).toEqual(deliberate);
    expect(kept([backup(38, 'manual'), backup(39, 'manual')])).toHaveLength(1);
  });

  it('does not let them take the place of a daily one', () => {
    const both = [backup(10, 'manual'), backup(11)];
    expect(kept(both)).toEqual(both);
  });

  it('leaves one for each month and each of the last weeks when run every day for years', () => {
    let held: readonly Backup[] = [];
    for (let daysAgo = 800; daysAgo >= 0; daysAgo -= 1) {
      held = [backup(daysAgo), ...held];
      const gone = new Set(expendableBackups(held, new Date(now.getTime() - daysAgo * day)));
      held = held.filter((each) => !gone.has(each));
    }
    const ages = held.map((each) => (now.getTime() - Date.parse(each.at)) / day);
    expect(ages.slice(0, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const gaps = ages.slice(1).map((age, index) => age - (ages[index] ?? 0));
    const weekly = gaps.filter((_, index) => (ages[index + 1] ?? 0) <= 63);
    expect(Math.max(...weekly)).toBeLessThanOrEqual(7);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(62);
    expect(new Set(held.map((each) => each.at.slice(0, 7))).size).toBe(27);
    expect(held.length).toBeLessThan(45);
  });

  it('never takes the newest, and taking twice takes no more', () => {
    const any = fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.constantFrom('daily', 'manual')), {
      minLength: 1,
    });
    fc.assert(
      fc.property(any, (list) => {
        const backups = list.map(([daysAgo, reason]) => backup(daysAgo, reason));
        const once = kept(backups);
        const newest = Math.max(...backups.map((each) => Date.parse(each.at)));
        expect(once.some((each) => Date.parse(each.at) === newest)).toBe(true);
        expect(kept(once)).toEqual(once);
      }),
    );
  });
});

describe('the name of a backup', () => {
  it.each([
    [{ at: '2026-09-30T12:00:00.000Z', reason: 'daily', count: 1 }, 'aisafe-20260930T120000Z-daily.db'],
    [{ at: '2026-09-30T12:00:00.000Z', reason: 'pre-restore', count: 3 }, 'aisafe-20260930T120000Z-pre-restore-3.db'],
  ])('%o is %s', (name, file) => {
    expect(formatBackupName(name)).toBe(file);
    expect(parseBackupName(file)).toEqual(name);
  });

  it('makes one word of any reason', () => {
    expect(formatBackupName({ at: noon, reason: '../Before Update!', count: 1 })).toBe(
      'aisafe-20260930T120000Z-before-update.db',
    );
  });

  it('is not that of another file', () => {
    for (const file of ['aisafe.db', 'notes.txt', 'aisafe-20260930T120000Z-daily.db.1.partial'])
      expect(parseBackupName(file)).toBeUndefined();
  });
});
