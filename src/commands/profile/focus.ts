import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { Focus, Track } from '../../core/curriculum/model.js';
import { parseFocusAnswers } from '../../core/focus/answers.js';
import {
  type FocusAnswers,
  recommendTrack,
  type TrackRecommendation,
  type TrackScore,
} from '../../core/focus/recommend.js';
import { AppError } from '../../errors.js';
import { findItem, openStudy, type Study } from '../lookup.js';
import { askQuestions, askTrack, confirmTrack, saveFocus } from './choose-focus.js';
import { readFocusAnswers } from './read-answers.js';

export interface FocusInput {
  readonly track: string | undefined;
  readonly none: boolean;
  readonly answers: string | undefined;
  readonly answer: readonly string[];
  readonly report: boolean;
}

export interface FocusData {
  /** The track in focus now. */
  readonly track: string | null;
  readonly title: string | null;
  /** What the answers recommend; null without answers. */
  readonly recommended: string | null;
  readonly tiedWith: readonly string[];
  readonly decidedBy: TrackRecommendation['decidedBy'] | null;
  readonly scores: readonly TrackScore[];
  /** Id of the chosen option by id of the question. */
  readonly answers: FocusAnswers;
  /** False when the focus was so already, and with --report. */
  readonly changed: boolean;
  /** The scores were shown while asking. */
  readonly explained: boolean;
}

export async function focus(context: Context, input: FocusInput): Promise<Result<FocusData>> {
  const study = await openStudy(context);
  const { curriculum, progress } = study;
  const tracks = curriculum.tracks ?? [];
  if (input.report) return report(study, { changed: false, explained: false });
  if (tracks.length === 0) {
    throw new AppError('USAGE', `“${curriculum.title}” has no tracks to choose from.`, { hint: 'aisafe next' });
  }
  if (input.none && input.track !== undefined) {
    throw new AppError('USAGE', 'Give either --track or --none, not both.', {
      hint: `aisafe focus --track ${input.track}`,
    });
  }
  const track =
    input.track === undefined ? undefined : findItem(study, input.track, 'aisafe focus --track', ['track']).id;
  const pairs = [
    ...(input.answers === undefined ? [] : await readFocusAnswers(context, input.answers)),
    ...input.answer,
  ];
  const questionnaire = curriculum.focus;
  if (pairs.length > 0 && !questionnaire) {
    throw new AppError('USAGE', `“${curriculum.title}” has no questions about the focus.`, {
      hint: `aisafe focus --track ${tracks[0]?.id}`,
    });
  }
  const given = questionnaire ? parseFocusAnswers(questionnaire, pairs) : {};
  if (track !== undefined || input.none) {
    const kept = progress.focus.get(curriculum.id)?.answers ?? {};
    const changed = saveFocus(study, track ?? null, { ...kept, ...given });
    return report(study, { changed, explained: false });
  }
  const { chosen, answers, explained } = await choose(context, study, questionnaire, tracks, given);
  const changed = saveFocus(study, chosen, answers);
  return report(study, { changed, explained });
}

interface Choice {
  readonly chosen: string | null;
  readonly answers: FocusAnswers;
  readonly explained: boolean;
}

async function choose(
  context: Context,
  study: Study,
  questionnaire: Focus | undefined,
  tracks: readonly Track[],
  given: FocusAnswers,
): Promise<Choice> {
  const ids = tracks.map(({ id }) => id).join('|');
  if (!questionnaire) {
    const present = study.progress.focus.get(study.curriculum.id)?.track ?? null;
    return {
      chosen: await askTrack(context, tracks, present, undefined, `--track ${ids}`),
      answers: {},
      explained: false,
    };
  }
  const open = questionnaire.questions.filter(({ id }) => given[id] === undefined);
  if (open.length === 0) {
    return { chosen: recommendTrack(questionnaire, tracks, given)?.track ?? null, answers: given, explained: false };
  }
  const instead = `--track ${ids}, or ${open.map(({ id }) => `--answer ${id}=...`).join(' ')}`;
  const answers = await askQuestions(context, study, questionnaire, given, instead);
  return { chosen: await confirmTrack(context, questionnaire, tracks, answers, instead), answers, explained: true };
}

function report(
  { curriculum, store }: Study,
  { changed, explained }: { changed: boolean; explained: boolean },
): Result<FocusData> {
  const tracks = curriculum.tracks ?? [];
  const state = store.progress().focus.get(curriculum.id);
  const answers = state?.answers ?? {};
  const recommendation = curriculum.focus && recommendTrack(curriculum.focus, tracks, answers);
  const track = state?.track ?? null;
  return {
    data: {
      track,
      title: tracks.find(({ id }) => id === track)?.title ?? null,
      recommended: recommendation?.track ?? null,
      tiedWith: recommendation?.tiedWith ?? [],
      decidedBy: recommendation?.decidedBy ?? null,
      scores: recommendation?.scores ?? [],
      answers,
      changed,
      explained,
    },
    hints: [track === null ? 'To choose one: aisafe focus' : 'The next task: aisafe next'],
  };
}
