/** A calendar of what is ahead: application windows of programs, and the days on which deferred tasks come back. */

import type { ApplicationWindow, Curriculum, Program } from '../core/curriculum/model.js';
import { buildExport } from '../core/exports/build-export.js';
import type { ExportSource } from '../core/exports/export-source.js';
import { addDays, lastDayOf } from '../core/time/calendar.js';
import type { ExportFormat } from './format.js';
import { icsDate, icsLine, icsText, icsTime } from './ics-text.js';

export const ics: ExportFormat = {
  needs: 'everything',
  isForMachines: false,
  parts: ['all'],
  *write(source, { today }) {
    const from = source.since ?? today;
    const entries = [...programEntries(source.curriculum), ...taskEntries(source)].filter((entry) => entry.day >= from);
    entries.sort((a, b) => compare(a.day, b.day) || compare(a.uid, b.uid));
    yield 'BEGIN:VCALENDAR\r\n';
    yield icsLine('VERSION', '2.0');
    yield icsLine('PRODID', '-//aisafe//aisafe//EN');
    yield icsLine('CALSCALE', 'GREGORIAN');
    yield icsLine('X-WR-CALNAME', icsText(source.curriculum.title));
    for (const entry of entries) yield* writeEntry(entry);
    yield 'END:VCALENDAR\r\n';
  },
};

interface Entry {
  /** The same in every export, so that a calendar replaces what it had. */
  readonly uid: string;
  /** When the entry's facts were last established, ISO 8601 UTC. */
  readonly stamp: string;
  readonly day: string;
  readonly summary: string;
  readonly description: string;
  readonly url: string | undefined;
  readonly certain: boolean;
}

function* writeEntry({ uid, stamp, day, summary, description, url, certain }: Entry): Generator<string> {
  yield 'BEGIN:VEVENT\r\n';
  yield icsLine('UID', uid);
  yield icsLine('DTSTAMP', icsTime(stamp));
  yield icsLine('DTSTART;VALUE=DATE', icsDate(day));
  yield icsLine('DTEND;VALUE=DATE', icsDate(addDays(day, 1)));
  yield icsLine('SUMMARY', icsText(summary));
  yield icsLine('DESCRIPTION', icsText(description));
  if (url !== undefined) yield icsLine('URL', url);
  yield icsLine('STATUS', certain ? 'CONFIRMED' : 'TENTATIVE');
  yield icsLine('TRANSP', 'TRANSPARENT');
  yield 'END:VEVENT\r\n';
}

function programEntries(curriculum: Curriculum): readonly Entry[] {
  return curriculum.programs
    .filter((program) => !program.retired)
    .flatMap((program) => {
      const names = new Map<string, number>();
      return program.windows.flatMap((window) => {
        const count = (names.get(window.name) ?? 0) + 1;
        names.set(window.name, count);
        const uid = [curriculum.id, program.id, slug(window.name), ...(count > 1 ? [String(count)] : [])].join('-');
        return [...edge(program, window, uid, 'opens'), ...edge(program, window, uid, 'closes')];
      });
    });
}

/** The opening or the closing of a window, when its date is known. Of a month, it is the first or the last day. */
function edge(program: Program, window: ApplicationWindow, uid: string, which: 'opens' | 'closes'): readonly Entry[] {
  const date = window[which];
  if (date === undefined) return [];
  const isMonth = date.length === 7;
  const day = which === 'closes' ? lastDayOf(date) : isMonth ? `${date}-01` : date;
  const lines = [
    `${program.title}, ${program.by}: ${window.name}.`,
    isMonth
      ? `Only the month is known (${date}); this entry stands on its ${which === 'closes' ? 'last' : 'first'} day.`
      : undefined,
    `${confidence[window.status]} As of ${window.as_of}. Source: ${window.source}`,
    window.note,
    `aisafe programs ${program.id}`,
  ];
  return [
    {
      uid: `${uid}-${which}@aisafe`,
      stamp: `${window.as_of.length === 7 ? `${window.as_of}-01` : window.as_of}T00:00:00Z`,
      day,
      summary: `${which === 'closes' ? 'Applications close' : 'Applications open'}: ${program.title} (${window.name})`,
      description: lines.filter(Boolean).join('\n'),
      url: webUrl(program.url),
      certain: window.status === 'confirmed' && !isMonth,
    },
  ];
}

const confidence: Readonly<Record<ApplicationWindow['status'], string>> = {
  confirmed: 'Confirmed on the program’s own page.',
  reported: 'Reported elsewhere; check the program’s own page.',
  expected: 'Expected from earlier rounds; not announced.',
};

function taskEntries(source: ExportSource): readonly Entry[] {
  const tasks = buildExport({ ...source, since: undefined }, 'tasks').tasks ?? [];
  return tasks.flatMap(({ curriculum, id, title, state, stateSince, deferredUntil }) => {
    if (state !== 'deferred' || deferredUntil === null || stateSince === null) return [];
    return [
      {
        uid: `${curriculum}-${id}-deferred@aisafe`,
        stamp: stateSince,
        day: deferredUntil,
        summary: `Study again: ${title ?? id}`,
        description: `Put off until this day.\naisafe show ${id}`,
        url: undefined,
        certain: true,
      },
    ];
  });
}

/** An address that can stand in a line as it is; undefined when it is not one of the web. */
function webUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '') || 'window'
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
