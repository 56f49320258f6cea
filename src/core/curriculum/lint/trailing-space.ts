import type { Rule } from './rule.js';
import { listTexts } from './texts.js';

export const trailingSpace: Rule = {
  id: 'trailing-space',
  severity: 'warning',
  summary: 'Text with white space at the end of a line',
  *check({ curriculum }) {
    for (const { path, text } of listTexts(curriculum)) {
      if (/[^\S\n](?:\n|$)/.test(text))
        yield { path: path(), message: 'the text has white space at the end of a line' };
    }
  },
};
