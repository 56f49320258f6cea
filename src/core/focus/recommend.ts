/** The track that suits the answers to the focus questionnaire, with the score and the reasons. */
import type { Focus, Track } from '../curriculum/model.js';

/** Id of the chosen option by id of the question. */
export type FocusAnswers = Readonly<Record<string, string>>;

export interface TrackScore {
  readonly track: string;
  readonly title: string;
  readonly score: number;
  /** Share of all points given, 0 to 1. */
  readonly share: number;
  /** What the learner chose in favour of this track; each completes “you ...”. */
  readonly because: readonly string[];
}

export interface TrackRecommendation {
  readonly track: string;
  /** Other tracks with the same score. */
  readonly tiedWith: readonly string[];
  /** Among equals, more answers in favour decide; then the order of the curriculum, which is as good as a coin. */
  readonly decidedBy: 'score' | 'answers' | 'order';
  /** Highest first. */
  readonly scores: readonly TrackScore[];
}

/**
 * Adds up the chosen options' points. Questions without an answer, and answers that the questionnaire no longer has,
 * count for nothing.
 * @returns undefined when there is no track, or no answer that counts.
 */
export function recommendTrack(
  focus: Focus,
  tracks: readonly Track[],
  answers: FocusAnswers,
): TrackRecommendation | undefined {
  const chosen = focus.questions.flatMap((question) =>
    question.options.filter((option) => option.id === answers[question.id]),
  );
  if (chosen.length === 0) return undefined;
  const totals = tracks.map((track) => {
    const favouring = chosen.filter((option) => favours(option.scores, track.id, tracks));
    return {
      track: track.id,
      title: track.title,
      score: chosen.reduce((sum, option) => sum + (option.scores[track.id] ?? 0), 0),
      favouring: favouring.length,
      because: favouring.flatMap((option) => option.because ?? []),
    };
  });
  const all = totals.reduce((sum, { score }) => sum + score, 0);
  const ranked = totals.sort((a, b) => b.score - a.score || b.favouring - a.favouring);
  const [first, ...others] = ranked;
  if (!first) return undefined;
  const tied = others.filter(({ score }) => score === first.score);
  return {
    track: first.track,
    tiedWith: tied.map(({ track }) => track),
    decidedBy:
      tied.length === 0 ? 'score' : tied.every(({ favouring }) => favouring < first.favouring) ? 'answers' : 'order',
    scores: ranked.map(({ favouring: _, ...score }) => ({ ...score, share: all === 0 ? 0 : score.score / all })),
  };
}

/** Does an option speak for this track more than for any other? */
function favours(scores: Readonly<Record<string, number>>, track: string, tracks: readonly Track[]): boolean {
  const own = scores[track] ?? 0;
  return own > 0 && tracks.every(({ id }) => id === track || (scores[id] ?? 0) < own);
}
