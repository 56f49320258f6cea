/** The settings of `aisafe config`: every key, what it is for and what it may be. */

export interface Setting {
  readonly key: string;
  readonly summary: string;
  readonly preset: string;
  /** A sentence when the value will not do. */
  readonly check: (value: string) => string | undefined;
}

const wholeNumber = (min: number, max: number) => (value: string) =>
  /^\d{1,6}$/.test(value) && Number(value) >= min && Number(value) <= max
    ? undefined
    : `a whole number from ${min} to ${max}`;

export const settings = [
  {
    key: 'curriculum',
    summary: 'id of the curriculum in use; see aisafe curriculum list',
    preset: 'aisafe',
    check: (value) => (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) ? undefined : 'the id of a curriculum'),
  },
  { key: 'next-limit', summary: 'how many tasks aisafe next shows', preset: '3', check: wholeNumber(1, 1000) },
] as const satisfies readonly Setting[];

export type SettingKey = (typeof settings)[number]['key'];

/** The value in force: the learner's, else the preset. */
export function settingValue(values: ReadonlyMap<string, { readonly value: string }>, key: SettingKey): string {
  return values.get(key)?.value ?? settings.find((setting) => setting.key === key)?.preset ?? '';
}
