import type { EventText } from '../core/progress/event-history.js';
import type { FormatOptions } from './format.js';

/** An event as JSON on one line, its keys in the order that is published. */
export function eventLine(event: EventText, stringify: FormatOptions['json']): string {
  const { id, action, at, day, tz, device, kind, subject, revision, data } = event;
  const rest = stringify({ id, action, at, day, tz, device, kind, subject, revision });
  // Reading a payload only to write it again would take longer than all else.
  const payload = isPlain.test(data) ? data : stringify(JSON.parse(data));
  return `${rest.slice(0, -1)},"data":${payload}}`;
}

/** Such a text is all on one line, and nothing in it needs an escape. */
const isPlain = /^[\x20-\x7e\u00a1-\u0600]*$/;
