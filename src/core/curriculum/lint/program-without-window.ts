import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const programWithoutWindow: Rule = {
  id: 'program-without-window',
  severity: 'warning',
  summary: 'A program that does not say when to apply: no window, not rolling, and no cadence',
  *check({ curriculum }) {
    for (const [index, { id, windows, rolling, cadence, retired }] of curriculum.programs.entries()) {
      if (windows.length > 0 || rolling || cadence !== undefined || retired) continue;
      const path = ['programs', index, 'windows'];
      yield {
        path,
        at: 'key',
        message: `${quoted(id)} does not say when to apply`,
        hint: 'Write a window, `rolling: true`, or a `cadence`.',
      };
    }
  },
};
