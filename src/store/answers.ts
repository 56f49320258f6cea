import { isKnownEvent, type StoredEvent } from '../core/progress/event.js';
import { subject, subjectName } from '../core/progress/subject.js';
import type { RecordedAnswer } from '../core/quiz/recorded-answer.js';
import type { Database } from './database.js';
import { answersOfSitting, selectEvents } from './events.js';
import type { AnswerFilter } from './store.js';

/** Answers in force, in order. */
export function* selectAnswers(
  database: Database,
  filter: AnswerFilter = {},
): Generator<RecordedAnswer, void, undefined> {
  const prefix = filter.curriculum === undefined ? '' : subject.card(filter.curriculum, filter.question ?? '');
  for (const event of findEvents(database, filter)) {
    if (isKnownEvent(event) && event.kind === 'question.answered' && event.subject.startsWith(prefix)) {
      const { action, at, day, revision, data } = event;
      const name = subjectName(event.subject);
      const slash = name.indexOf('/');
      yield { ...data, action, at, day, revision, curriculum: name.slice(0, slash), question: name.slice(slash + 1) };
    }
  }
}

function findEvents(database: Database, { curriculum, question, sitting, since }: AnswerFilter): Iterable<StoredEvent> {
  if (sitting !== undefined) return answersOfSitting(database, sitting);
  return selectEvents(database, {
    kind: 'question.answered',
    effective: true,
    ...(since !== undefined && { since }),
    ...(curriculum !== undefined && question !== undefined && { subject: subject.card(curriculum, question) }),
  });
}
