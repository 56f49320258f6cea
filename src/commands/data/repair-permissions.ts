import { makePrivate } from '../../platform/make-private.js';
import type { Paths } from '../../platform/paths.js';

/** Makes the data folder and the store private again; says what was changed. */
export function repairPermissions({ home, store, backups }: Paths): readonly string[] {
  return [home, store, backups].flatMap((path) => {
    try {
      const before = makePrivate(path);
      return before === undefined ? [] : [`Made ${path} private (it was ${before}).`];
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return [`Could not make ${path} private: ${error.message}.`];
    }
  });
}
