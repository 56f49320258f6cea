import type { TrackRecommendation } from '../../core/focus/recommend.js';
import { bar, paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';

export type ScoresData = Pick<TrackRecommendation, 'scores' | 'tiedWith' | 'decidedBy'> & {
  readonly recommended: string;
};

/** The recommendation with each track's score and what speaks for it. */
export function viewScores(data: ScoresData, ui: Ui): string {
  const blocks = data.scores.map((score) => {
    const percent = `${Math.round(score.share * 100)}%`;
    const name = score.track === data.recommended ? `${ui.style.strong(score.title)} (recommended)` : score.title;
    const points = `${score.score} points, ${percent}`;
    const line = ui.tty ? `${bar(ui, score.share, 20)} ${points}` : points;
    const lines = [paragraph(ui, name), paragraph(ui, line, 2)];
    if (score.because.length > 0) lines.push('  because you');
    for (const reason of score.because) lines.push(paragraph(ui, reason, 4, `  ${ui.symbols.bullet}`));
    return lines.join('\n');
  });
  return [...blocks, ...tie(data, ui)].join('\n\n');
}

function tie({ tiedWith, decidedBy, scores, recommended }: ScoresData, ui: Ui): readonly string[] {
  if (tiedWith.length === 0) return [];
  const title = (track: string) => scores.find((score) => score.track === track)?.title ?? track;
  const others = tiedWith.map(title).join(' and ');
  const why =
    decidedBy === 'answers'
      ? `${title(recommended)} is put first because more of your answers favour it.`
      : 'Nothing in your answers separates them, so the first in the curriculum is named. Take the one whose first small project you would start tomorrow.';
  return [paragraph(ui, `${title(recommended)} and ${others} have the same score. ${why}`)];
}
