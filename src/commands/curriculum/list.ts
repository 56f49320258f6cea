import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { settingValue } from '../../core/settings/settings.js';

export interface ListedCurriculum {
  readonly id: string;
  readonly folder: string;
  readonly shipped: boolean;
  /** In use when no `--curriculum` is given. */
  readonly current: boolean;
  readonly state: 'ready' | 'missing' | 'invalid';
  readonly title: string | null;
  readonly version: string | null;
}

export interface ListData {
  readonly curricula: readonly ListedCurriculum[];
}

export async function listCurricula(context: Context): Promise<Result<ListData>> {
  const { setting, curriculum } = (await context.store()).progress();
  const current = settingValue(setting, 'curriculum');
  const added = [...curriculum].flatMap(([id, state]) =>
    state.path === undefined ? [] : [{ id, folder: state.path }],
  );
  const all = [{ id: 'aisafe', folder: context.shippedCurriculum }, ...added.sort((a, b) => (a.id < b.id ? -1 : 1))];
  const curricula = await Promise.all(
    all.map(async ({ id, folder }): Promise<ListedCurriculum> => {
      const reading = await context.readCurriculum(folder).catch(() => undefined);
      const state = !reading ? 'missing' : reading.curriculum?.id === id ? 'ready' : 'invalid';
      return {
        id,
        folder,
        shipped: id === 'aisafe',
        current: id === current,
        state,
        title: reading?.curriculum?.title ?? null,
        version: reading?.curriculum?.version ?? null,
      };
    }),
  );
  return { data: { curricula } };
}
