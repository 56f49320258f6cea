import { quoted } from '../finding.js';
import type { Rule } from './rule.js';

export const duplicateUrl: Rule = {
  id: 'duplicate-url',
  severity: 'error',
  summary: 'Two resources with one URL',
  *check({ curriculum, placeOf }) {
    const seen = new Map<string, number>();
    for (const [index, { url, id }] of curriculum.resources.entries()) {
      const address = normalise(url);
      const first = seen.get(address);
      if (first === undefined) seen.set(address, index);
      else {
        const other = curriculum.resources[first];
        const place = placeOf(['resources', first, 'url']);
        const path = ['resources', index, 'url'];
        yield { path, message: `${quoted(id)} has the URL of ${quoted(other?.id)} (${place})` };
      }
    }
  },
};

/** The same page has the same address: scheme, `www.`, a closing slash and the fragment do not count. */
function normalise(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname, search } = new URL(url);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}${search}`;
}
