import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { addedCurricula } from '../../core/progress/progress.js';
import { subject } from '../../core/progress/subject.js';
import { nearest } from '../../core/search/nearest.js';
import { chosenValue, type Setting, settings } from '../../core/settings/settings.js';
import { AppError } from '../../errors.js';
import type { Store } from '../../store/store.js';

export interface GetInput {
  readonly key: string;
}

export interface SetInput extends GetInput {
  readonly value: string;
}

export interface ConfigData {
  readonly settings: readonly {
    readonly key: string;
    readonly value: string;
    readonly preset: string;
    readonly isPreset: boolean;
    readonly summary: string;
  }[];
}

export async function listSettings(context: Context): Promise<Result<ConfigData>> {
  return { data: describe(await context.store(), settings) };
}

export async function getSetting(context: Context, { key }: GetInput): Promise<Result<ConfigData>> {
  return { data: describe(await context.store(), [findSetting(key)]) };
}

export async function setSetting(context: Context, { key, value }: SetInput): Promise<Result<ConfigData>> {
  const setting = findSetting(key);
  const problem = setting.check(value);
  if (problem)
    throw new AppError('BAD_VALUE', `“${value}” will not do for ${key}: it takes ${problem}.`, {
      hint: `aisafe config set ${key} ${setting.preset}`,
    });
  const store = await context.store();
  if (key === 'curriculum' && value !== 'aisafe' && !addedCurricula(store.progress()).includes(value)) {
    throw new AppError('NOT_FOUND', `There is no curriculum “${value}” here.`, { hint: 'aisafe curriculum list' });
  }
  if (chosenValue(store.progress().setting, key, store.device) !== value) {
    store.append([{ kind: 'setting.set', subject: subject.setting(key), data: { value } }]);
  }
  return { data: describe(store, [setting]) };
}

export async function unsetSetting(context: Context, { key }: GetInput): Promise<Result<ConfigData>> {
  const setting = findSetting(key);
  const store = await context.store();
  if (chosenValue(store.progress().setting, key, store.device) !== undefined)
    store.append([{ kind: 'setting.removed', subject: subject.setting(key), data: {} }]);
  return { data: describe(store, [setting]) };
}

function describe(store: Store, chosen: readonly Setting[]): ConfigData {
  const values = store.progress().setting;
  return {
    settings: chosen.map(({ key, preset, summary }) => {
      const own = chosenValue(values, key, store.device);
      return { key, value: own ?? preset, preset, isPreset: own === undefined, summary };
    }),
  };
}

function findSetting(key: string): Setting {
  const setting = settings.find((each) => each.key === key);
  if (setting) return setting;
  const keys = settings.map((each) => each.key);
  const [nearby] = nearest(key, keys, 1);
  throw new AppError('NOT_FOUND', `There is no setting “${key}”. There are: ${keys.join(', ')}.`, {
    hint: nearby === undefined ? 'aisafe config' : `aisafe config get ${nearby}`,
    details: { known: keys },
  });
}
