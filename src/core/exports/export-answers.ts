import { isKnownEvent } from '../progress/event.js';
import { subjectName } from '../progress/subject.js';
import { eventsSince } from './events-since.js';
import type { ExportedAnswer } from './export-schema.js';
import type { ExportSource } from './export-source.js';

/** Every answer in force of the study day and later, of every curriculum, in order. */
export function* exportAnswers({
  effective,
  since,
}: Pick<ExportSource, 'effective' | 'since'>): Generator<ExportedAnswer> {
  for (const event of eventsSince(effective.ofKind('question.answered'), since)) {
    if (!isKnownEvent(event) || event.kind !== 'question.answered') continue;
    const { at, day, revision, data } = event;
    const name = subjectName(event.subject);
    const slash = name.indexOf('/');
    const after = data.scheduling?.after;
    yield {
      curriculum: name.slice(0, slash),
      question: name.slice(slash + 1),
      at,
      day,
      mode: data.mode,
      sitting: data.sitting,
      seed: data.seed,
      answer: data.answer as ExportedAnswer['answer'],
      result: data.result,
      score: data.score,
      confidence: data.confidence,
      ms: data.ms,
      concepts: [...data.concepts],
      rating: data.scheduling?.rating ?? null,
      due: after?.phase === 'review' ? after.due : null,
      intervalDays: after?.phase === 'review' ? after.intervalDays : null,
      revision,
    };
  }
}
