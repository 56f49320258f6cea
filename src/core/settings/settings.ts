/** The settings of `aisafe config`: every key, what it is for and what it may be. */
import type { SettingState } from '../progress/state.js';
import { retentionRange } from '../schedule/parameters.js';

export interface Setting {
  readonly key: string;
  readonly summary: string;
  readonly preset: string;
  /** It is about one computer: what was set on another does not count there. */
  readonly isLocal?: true;
  /** A sentence when the value will not do. */
  readonly check: (value: string) => string | undefined;
}

const wholeNumber = (min: number, max: number) => (value: string) =>
  /^\d{1,6}$/.test(value) && Number(value) >= min && Number(value) <= max
    ? undefined
    : `a whole number from ${min} to ${max}`;

const fraction = (min: number, max: number) => (value: string) =>
  /^[01](\.\d{1,6})?$/.test(value) && Number(value) >= min && Number(value) <= max
    ? undefined
    : `a number from ${min.toFixed(2)} to ${max.toFixed(2)}, such as 0.90`;

const oneOf =
  (...values: readonly string[]) =>
  (value: string) =>
    values.includes(value) ? undefined : values.join(' or ');

export const settings = [
  {
    key: 'curriculum',
    summary: 'id of the curriculum in use; see aisafe curriculum list',
    preset: 'aisafe',
    check: (value) => (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) ? undefined : 'the id of a curriculum'),
  },
  { key: 'next-limit', summary: 'how many tasks aisafe next shows', preset: '3', check: wholeNumber(1, 1000) },
  {
    key: 'review-new-per-day',
    summary: 'how many new questions aisafe review brings in a day',
    preset: '10',
    check: wholeNumber(0, 1000),
  },
  {
    key: 'review-due-per-day',
    summary: 'how many questions that are due aisafe review asks in a day',
    preset: '60',
    check: wholeNumber(0, 1000),
  },
  {
    key: 'desired-retention',
    summary: 'probability of recall at which a question comes back, 0.70 to 0.97; higher means more reviews',
    preset: '0.90',
    check: fraction(retentionRange.least, retentionRange.most),
  },
  {
    key: 'grades',
    summary: 'pass-fail, or four: again, hard, good, easy',
    preset: 'pass-fail',
    check: oneOf('pass-fail', 'four'),
  },
  {
    key: 'auto-tick',
    summary: 'whether a lab that proves the whole of a task ticks it when it is passed: on or off',
    preset: 'off',
    check: oneOf('on', 'off'),
  },
  {
    key: 'python',
    summary: 'the Python that grades labs on this computer: a path, a name, or uv; left out: the first that has NumPy',
    preset: '',
    isLocal: true,
    check: (value) => (value.trim() !== '' && value.length <= 1000 ? undefined : 'the path or the name of a Python'),
  },
  {
    key: 'lab-folder',
    summary: 'where the files of your labs are on this computer; left out: aisafe-labs in your home folder',
    preset: '',
    isLocal: true,
    check: (value) =>
      /^(~[/\\]|[/\\]|[A-Za-z]:[/\\])/.test(value) ? undefined : 'a whole path, or one that begins with ~/',
  },
  {
    key: 'lab-time-scale',
    summary: 'factor on the time limits of labs, if this computer is slow: 1 to 20; aisafe lab doctor suggests one',
    preset: '1',
    isLocal: true,
    check: (value) =>
      /^\d{1,2}(\.\d{1,3})?$/.test(value) && Number(value) >= 1 && Number(value) <= 20
        ? undefined
        : 'a number from 1 to 20',
  },
  {
    key: 'confidence',
    summary: 'whether quizzes ask how sure you are before the answer is shown: on or off',
    preset: 'on',
    check: oneOf('on', 'off'),
  },
] as const satisfies readonly Setting[];

type AnySetting = (typeof settings)[number];
export type LocalSettingKey = Extract<AnySetting, { readonly isLocal: true }>['key'];
export type SharedSettingKey = Exclude<AnySetting['key'], LocalSettingKey>;

type Values = ReadonlyMap<string, SettingState>;

/** The value in force on every computer: the learner's, else the preset. */
export function settingValue(values: Values, key: SharedSettingKey): string {
  return values.get(key)?.value ?? presetOf(key);
}

/** The value in force on one computer. */
export function localSettingValue(values: Values, key: LocalSettingKey, device: string): string {
  return chosenValue(values, key, device) ?? presetOf(key);
}

/** What the learner has set; undefined when the preset is in force. */
export function chosenValue(values: Values, key: string, device: string): string | undefined {
  const state = values.get(key);
  return isLocalSetting(key) ? state?.devices?.[device] : state?.value;
}

export function isLocalSetting(key: string): boolean {
  return find(key)?.isLocal === true;
}

function presetOf(key: AnySetting['key']): string {
  return find(key)?.preset ?? '';
}

function find(key: string): Setting | undefined {
  return settings.find((setting) => setting.key === key);
}
