import type { ExportSource, QuestionSource } from '../../core/exports/export-source.js';
import { keptHistory } from '../../core/exports/kept-history.js';
import type { Progress } from '../../core/progress/progress.js';
import { safeData } from '../../ui/safe-text.js';

/** The same source with every text in it safe to print: an export may go straight to a terminal. */
export function safeSource(source: ExportSource): ExportSource {
  const history = safeData([...source.history]);
  const inForce = new Set([...source.effective].map((event) => event.id));
  return {
    curriculum: safeData(source.curriculum),
    progress: safeProgress(source.progress),
    history: keptHistory(history),
    effective: keptHistory(history.filter((event) => inForce.has(event.id))),
    since: source.since,
  };
}

/** The same for the questions. */
export function safeQuestions(source: QuestionSource): QuestionSource {
  const { curriculum, questions, effective, since } = source;
  return { curriculum: safeData(curriculum), questions: safeData(questions), effective, since };
}

function safeProgress(progress: Progress): Progress {
  return {
    task: safeMap(progress.task),
    checkpoint: safeMap(progress.checkpoint),
    lab: safeMap(progress.lab),
    evidence: safeMap(progress.evidence),
    note: safeMap(progress.note),
    focus: safeMap(progress.focus),
    setting: safeMap(progress.setting),
    curriculum: safeMap(progress.curriculum),
    profile: safeData(progress.profile),
  };
}

function safeMap<V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return new Map([...map].map(([key, value]) => [key, safeData(value)]));
}
