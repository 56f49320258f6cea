import { nearest } from '../../search/nearest.js';
import { didYouMean, type Problem, quoted } from '../finding.js';
import type { Focus } from '../model.js';
import type { Rule } from './rule.js';
import { trackIds } from './track-ids.js';

export const focusScores: Rule = {
  id: 'focus-scores',
  severity: 'error',
  summary: 'A focus questionnaire that scores unknown tracks, or that cannot recommend one of the tracks',
  *check({ curriculum }) {
    const { focus } = curriculum;
    if (!focus) return;
    const tracks = trackIds(curriculum);
    yield* unknownTracks(focus, tracks);
    for (const track of tracks) {
      if (
        canWin(
          focus,
          track,
          tracks.filter((each) => each !== track),
        )
      )
        continue;
      yield {
        path: ['focus', 'questions'],
        at: 'key',
        message: `no set of answers recommends the track ${quoted(track)}`,
        hint: `Score ${track} highest in some options.`,
      };
    }
  },
};

function* unknownTracks({ questions }: Focus, tracks: readonly string[]): Generator<Problem> {
  for (const [index, { options }] of questions.entries()) {
    for (const [place, { scores }] of options.entries()) {
      for (const track of Object.keys(scores)) {
        if (tracks.includes(track)) continue;
        const path = ['focus', 'questions', index, 'options', place, 'scores', track];
        const hint = didYouMean(nearest(track, tracks, 1)) ?? `Tracks: ${tracks.join(', ') || 'none'}.`;
        yield { path, at: 'key', message: `there is no track ${quoted(track)}`, hint };
      }
    }
  }
}

/** As many as the format allows. */
const mostQuestions = 50;
const mostOptions = 12;

/** More combinations than this are not worth a rule: the track is taken to win one of the rest. */
const mostLeads = 500;

/**
 * Is there a choice of options after which `track` is ahead of all others? Goes through the questions and keeps, of
 * the leads over each rival that can be reached, those that no other reachable lead equals or beats everywhere.
 */
function canWin({ questions }: Focus, track: string, rivals: readonly string[]): boolean {
  let leads: number[][] = [rivals.map(() => 0)];
  for (const { options } of questions.slice(0, mostQuestions)) {
    const gains = best(
      options
        .slice(0, mostOptions)
        .map(({ scores }) => rivals.map((rival) => (scores[track] ?? 0) - (scores[rival] ?? 0))),
    );
    if (leads.length * gains.length > mostLeads) return true;
    leads = best(
      leads.flatMap((lead) => gains.map((gain) => lead.map((points, index) => points + (gain[index] ?? 0)))),
    );
  }
  return leads.some((lead) => lead.every((points) => points > 0));
}

function best(leads: readonly number[][]): number[][] {
  const distinct = [...new Map(leads.map((lead) => [lead.join(), lead])).values()];
  return distinct.filter(
    (lead) => !distinct.some((other) => other !== lead && other.every((points, index) => points >= (lead[index] ?? 0))),
  );
}
