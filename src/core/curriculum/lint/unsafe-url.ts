import { type Path, type Problem, quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const unsafeUrl: Rule = {
  id: 'unsafe-url',
  severity: 'error',
  summary: 'A URL that is malformed, not https, or carries a user name; plain http is a warning',
  *check({ curriculum }) {
    for (const [index, { url }] of curriculum.resources.entries()) yield* inspect(url, ['resources', index, 'url']);
    for (const [index, { url, windows }] of curriculum.programs.entries()) {
      yield* inspect(url, ['programs', index, 'url']);
      for (const [place, { source }] of windows.entries()) {
        // A source is a URL or a sentence.
        if (/^[a-z][a-z0-9+.-]*:[^\s]*$/i.test(source))
          yield* inspect(source, ['programs', index, 'windows', place, 'source']);
      }
    }
  },
};

function* inspect(url: string, path: Path): Generator<Problem> {
  if (/\s/.test(url)) {
    yield { path, message: `the URL ${quoted(url)} has white space in it` };
    return;
  }
  if (!URL.canParse(url)) {
    yield { path, message: `${quoted(url)} is not a URL`, hint: 'A URL begins with https://' };
    return;
  }
  const { protocol, username, password, hostname } = new URL(url);
  if (protocol === 'http:') {
    yield {
      path,
      severity: 'warning',
      message: `the URL ${quoted(url)} is plain http`,
      hint: 'Use https if the site has it.',
    };
  } else if (protocol !== 'https:' || hostname === '') {
    yield { path, message: `a URL begins with https://, not ${quoted(protocol)}` };
  }
  if (username !== '' || password !== '') yield { path, message: 'the URL carries a user name or a password' };
}
