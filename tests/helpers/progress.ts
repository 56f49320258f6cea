import type { AnyEvent, EventData, EventKind } from '../../src/core/progress/event.js';
import { applyEvent } from '../../src/core/progress/fold.js';
import { emptyProgress, type Progress } from '../../src/core/progress/progress.js';
import type { State } from '../../src/core/progress/state.js';
import { type SubjectKind, subjectKind, subjectName } from '../../src/core/progress/subject.js';

let counter = 0;

/** An event at a time of the caller's choosing. */
export function sampleEvent<K extends EventKind>(
  kind: K,
  subject: string,
  data: EventData[K],
  at = '2026-11-01T18:00:00.000Z',
  revision: string | null = null,
): AnyEvent {
  counter += 1;
  const id = `01900000-0000-7000-8000-${String(counter).padStart(12, '0')}`;
  const event = { id, action: id, at, day: at.slice(0, 10), tz: 'UTC', device: 'here', kind, subject, revision, data };
  return event as unknown as AnyEvent;
}

/** The progress that follows from events, in the order given. */
export function progressOf(events: readonly AnyEvent[]): Progress {
  const states = new Map<string, State>();
  for (const event of events) {
    const kind = subjectKind(event.subject);
    const state = kind && applyEvent(kind, states.get(event.subject), event);
    if (state) states.set(event.subject, state);
    else states.delete(event.subject);
  }
  const of = <S>(kind: SubjectKind) =>
    new Map(
      [...states]
        .filter(([subject]) => subjectKind(subject) === kind)
        .map(([subject, state]) => [subjectName(subject), state as S]),
    );
  return {
    ...emptyProgress,
    task: of('task'),
    checkpoint: of('checkpoint'),
    lab: of('lab'),
    evidence: of('evidence'),
    note: of('note'),
    focus: of('focus'),
    setting: of('setting'),
    curriculum: of('curriculum'),
    profile: states.get('profile') as Progress['profile'],
  };
}
