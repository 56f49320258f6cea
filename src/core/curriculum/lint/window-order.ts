import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

const order = ['opens', 'closes', 'starts', 'ends'] as const;

export const windowOrder: Rule = {
  id: 'window-order',
  severity: 'error',
  summary: 'Dates of an application round out of order',
  *check({ curriculum }) {
    for (const [index, { windows }] of curriculum.programs.entries()) {
      for (const [place, window] of windows.entries()) {
        const dates = order.flatMap((key) => (window[key] === undefined ? [] : [{ key, date: window[key] }]));
        for (const [number, { key, date }] of dates.entries()) {
          const before = dates[number - 1];
          if (!before || !isBefore(date, before.date)) continue;
          const path = ['programs', index, 'windows', place, key];
          yield { path, message: `${quoted(key)} (${date}) comes before ${quoted(before.key)} (${before.date})` };
        }
      }
    }
  },
};

/** A month holds all its days, so only what both say is compared. */
function isBefore(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) < b.slice(0, length);
}
