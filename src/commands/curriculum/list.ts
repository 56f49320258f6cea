import type { Result } from '../../cli/command.js';
import type { CurriculumReading } from '../../content/read.js';
import type { Context } from '../../context.js';
import { addedCurricula, folderAnywhere, folderHere } from '../../core/progress/progress.js';
import { settingValue } from '../../core/settings/settings.js';

export interface ListedCurriculum {
  readonly id: string;
  readonly folder: string;
  readonly shipped: boolean;
  /** In use when no `--curriculum` is given. */
  readonly current: boolean;
  /** `elsewhere`: added on another computer, whose folders are not followed. */
  readonly state: 'ready' | 'missing' | 'invalid' | 'elsewhere';
  readonly title: string | null;
  readonly version: string | null;
}

export interface ListData {
  readonly curricula: readonly ListedCurriculum[];
}

export async function listCurricula(context: Context): Promise<Result<ListData>> {
  const store = await context.store();
  const progress = store.progress();
  const current = settingValue(progress.setting, 'curriculum');
  const ids = ['aisafe', ...addedCurricula(progress)];
  const curricula = await Promise.all(
    ids.map(async (id): Promise<ListedCurriculum> => {
      const state = progress.curriculum.get(id);
      const here = id === 'aisafe' ? context.shippedCurriculum : folderHere(state, store.device);
      const reading = here === undefined ? undefined : await context.readCurriculum(here).catch(() => undefined);
      return {
        id,
        folder: here ?? folderAnywhere(state) ?? '',
        shipped: id === 'aisafe',
        current: id === current,
        state: here === undefined ? 'elsewhere' : stateOf(id, reading),
        title: reading?.curriculum?.title ?? null,
        version: reading?.curriculum?.version ?? null,
      };
    }),
  );
  return { data: { curricula } };
}

function stateOf(id: string, reading: CurriculumReading | undefined): ListedCurriculum['state'] {
  if (!reading) return 'missing';
  return reading.curriculum?.id === id ? 'ready' : 'invalid';
}
