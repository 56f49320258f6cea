import { retentionRange } from '../schedule/parameters.js';
import type { Grades } from '../schedule/rating.js';
import { type SharedSettingKey, settingValue } from './settings.js';

/** The settings of quizzes and reviews, read. */
export interface ReviewSettings {
  readonly newPerDay: number;
  readonly duePerDay: number;
  /** 0.70 to 0.97. */
  readonly retention: number;
  readonly grades: Grades;
  /** Is the learner asked how sure they are? */
  readonly confidence: boolean;
}

/** @param values the learner's settings; one that an import brought and that will not do counts for its nearest. */
export function readReviewSettings(values: ReadonlyMap<string, { readonly value: string }>): ReviewSettings {
  const number = (key: SharedSettingKey, least: number, most: number, preset: number) => {
    const value = Number(settingValue(values, key));
    return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : preset;
  };
  return {
    newPerDay: number('review-new-per-day', 0, 1000, 10),
    duePerDay: number('review-due-per-day', 0, 1000, 60),
    retention: number('desired-retention', retentionRange.least, retentionRange.most, retentionRange.preset),
    grades: settingValue(values, 'grades') === 'four' ? 'four' : 'pass-fail',
    confidence: settingValue(values, 'confidence') !== 'off',
  };
}
