import { nearest } from '../../search/nearest.js';
import { didYouMean, quoted } from '../finding.js';
import { readGrader } from './grader-source.js';
import type { Rule } from './rule.js';

export const labHints: Rule = {
  id: 'lab-hints',
  severity: 'error',
  summary: 'A check that names a topic without hints, or hints that no check leads to',
  *check({ labs }) {
    for (const { lab, path, package: folder } of labs) {
      if (folder?.grader === undefined) continue;
      const { hints } = readGrader(folder.grader);
      const topics = Object.keys(lab.hints);
      for (const topic of hints) {
        if (topics.includes(topic)) continue;
        const message = `grader.py names the topic ${quoted(topic)}, which has no hints`;
        const hint = didYouMean(nearest(topic, topics, 1));
        yield { path: [...path, 'hints'], message, ...(hint !== undefined && { hint }) };
      }
      for (const topic of topics) {
        if (hints.size === 0 || hints.has(topic)) continue;
        const message = `no check leads to the hints on ${quoted(topic)}`;
        yield { path: [...path, 'hints', topic], at: 'key', severity: 'warning', message };
      }
    }
  },
};
