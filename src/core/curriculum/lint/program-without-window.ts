import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const programWithoutWindow: Rule = {
  id: 'program-without-window',
  severity: 'warning',
  summary: 'A program that can never be applied for: no window, and not rolling',
  *check({ curriculum }) {
    for (const [index, { id, windows, rolling, retired }] of curriculum.programs.entries()) {
      if (windows.length > 0 || rolling || retired) continue;
      const path = ['programs', index, 'windows'];
      yield {
        path,
        at: 'key',
        message: `${quoted(id)} has no window and is not rolling`,
        hint: 'Write a window, or `rolling: true`.',
      };
    }
  },
};
