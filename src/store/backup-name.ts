const pattern = /^aisafe-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-([a-z]+(?:-[a-z]+)*)(?:-(\d+))?\.db$/;

export interface BackupName {
  /** UTC, ISO 8601, to the second. */
  readonly at: string;
  readonly reason: string;
  /** 1 for the first backup of its second, 2 for the next ... */
  readonly count: number;
}

/** `aisafe-20260930T071500Z-daily.db`; a second one of the same second ends in `-2`. */
export function formatBackupName({ at, reason, count }: BackupName): string {
  const words =
    reason
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'manual';
  return `aisafe-${compactTime(at)}-${words}${count > 1 ? `-${count}` : ''}.db`;
}

/** To the second, as file names have it: `20260930T071500Z`. */
export function compactTime(at: string): string {
  return `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Undefined when the file is none of ours. */
export function parseBackupName(name: string): BackupName | undefined {
  const match = pattern.exec(name);
  if (!match) return undefined;
  const [, year, month, date, hour, minute, second, reason = '', count = '1'] = match;
  return { at: `${year}-${month}-${date}T${hour}:${minute}:${second}.000Z`, reason, count: Number(count) };
}
