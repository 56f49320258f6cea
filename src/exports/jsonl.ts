import { eventsSince } from '../core/exports/events-since.js';
import { eventLine } from './event-line.js';
import type { ExportFormat } from './format.js';

/** The whole history, one event a line; the first line says what follows and how many, so that a cut file is noticed. */
export const jsonl: ExportFormat = {
  needs: 'history',
  parts: ['events', 'all'],
  *write({ history, since }, { json }) {
    yield `${json({ schema: 'aisafe.events/1', since: since ?? null, events: history.count(since) })}\n`;
    for (const event of eventsSince(history.texts(), since)) yield `${eventLine(event, json)}\n`;
  },
};
