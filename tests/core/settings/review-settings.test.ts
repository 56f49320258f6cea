import { describe, expect, it } from 'vitest';
import { readReviewSettings } from '../../../src/core/settings/review-settings.js';
import { type SharedSettingKey, settings } from '../../../src/core/settings/settings.js';

const of = (values: Partial<Record<SharedSettingKey, string>>) =>
  readReviewSettings(new Map(Object.entries(values).map(([key, value]) => [key, { value }])));
const problem = (key: SharedSettingKey, value: string) => settings.find((each) => each.key === key)?.check(value);

describe('the settings of reviews', () => {
  it('have presets', () => {
    expect(of({})).toEqual({ newPerDay: 10, duePerDay: 60, retention: 0.9, grades: 'pass-fail', confidence: true });
  });

  it('are read', () => {
    expect(
      of({
        'review-new-per-day': '0',
        'review-due-per-day': '25',
        'desired-retention': '0.85',
        grades: 'four',
        confidence: 'off',
      }),
    ).toEqual({ newPerDay: 0, duePerDay: 25, retention: 0.85, grades: 'four', confidence: false });
  });

  it('that an import brought keep to their limits', () => {
    expect(of({ 'desired-retention': '1.5', 'review-due-per-day': '-3', grades: 'x' })).toMatchObject({
      retention: 0.97,
      duePerDay: 0,
      grades: 'pass-fail',
    });
    expect(of({ 'desired-retention': 'high', 'review-new-per-day': 'many' })).toMatchObject({
      retention: 0.9,
      newPerDay: 10,
    });
  });

  it.each([
    ['desired-retention', ['0.7', '0.90', '0.97'], ['0.69', '0.98', '1', '90', '', '0.9e0', ' 0.9']],
    ['review-new-per-day', ['0', '10', '1000'], ['-1', '1001', '2.5', 'ten']],
    ['grades', ['pass-fail', 'four'], ['Four', 'two', '']],
    ['confidence', ['on', 'off'], ['yes', '']],
  ] as const)('%s takes %j and refuses %j', (key, good, bad) => {
    expect(good.map((value) => problem(key, value))).toEqual(good.map(() => undefined));
    expect(bad.filter((value) => problem(key, value) === undefined)).toEqual([]);
  });
});
