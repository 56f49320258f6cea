import { subject } from '../core/progress/subject.js';
import type { ConfidenceCount } from '../core/quiz/recorded-answer.js';
import type { Database } from './database.js';

/** Counted by the index alone: the events themselves are not read. */
export function readConfidences(database: Database, curriculum: string): readonly ConfidenceCount[] {
  const sql = `SELECT json_extract(data, '$.confidence') AS confidence, json_extract(data, '$.result') AS result, count(*) AS count
    FROM event INDEXED BY event_by_confidence
    WHERE kind = 'question.answered' AND json_extract(data, '$.confidence') IS NOT NULL
      AND substr(subject, 1, length(@under)) = @under AND action NOT IN (SELECT action FROM undone)
    GROUP BY 1, 2 ORDER BY 1, 2`;
  return database.statement<[{ under: string }], ConfidenceCount>(sql).all({ under: subject.card(curriculum, '') });
}
