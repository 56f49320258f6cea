import { quoted } from '../finding.js';
import type { Rule } from './rule.js';
import { listTexts } from './texts.js';

export const placeholderText: Rule = {
  id: 'placeholder-text',
  severity: 'warning',
  summary: 'Text that was to be written later: TODO, TBD, FIXME, XXX, lorem ipsum',
  *check({ curriculum }) {
    for (const { path: pathOf, text } of listTexts(curriculum)) {
      const word = /\b(?:TODO|TBD|FIXME|XXX|[Ll]orem ipsum)\b/.exec(text)?.[0];
      if (word === undefined) continue;
      const path = pathOf();
      // A hint may well speak of a TODO in the learner's own file.
      if (path[0] !== 'labs' || path[2] !== 'hints')
        yield { path, message: `the text still has ${quoted(word)} in it` };
    }
  },
};
