import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const missingChecked: Rule = {
  id: 'missing-checked',
  severity: 'warning',
  summary: 'A URL without the day on which someone last opened it',
  *check({ curriculum }) {
    for (const kind of ['resources', 'programs'] as const) {
      for (const [index, { id, checked, retired }] of curriculum[kind].entries()) {
        if (checked !== undefined || retired) continue;
        yield {
          path: [kind, index, 'checked'],
          message: `${quoted(id)} has no “checked”`,
          hint: 'Open the URL and write the day.',
        };
      }
    }
  },
};
