/** The focus, asked and saved: shared by `focus` and `init`. */
import type { Context } from '../../context.js';
import type { Focus, Track } from '../../core/curriculum/model.js';
import { type FocusAnswers, recommendTrack } from '../../core/focus/recommend.js';
import { subject } from '../../core/progress/subject.js';
import { safeData, safeText } from '../../ui/safe-text.js';
import { paragraph } from '../../ui/text.js';
import type { Study } from '../lookup.js';
import { tell } from '../tell.js';
import { viewScores } from './scores.view.js';

/**
 * Saves the focus unless it is so already.
 * @returns whether anything changed.
 */
export function saveFocus({ curriculum, store }: Study, track: string | null, answers: FocusAnswers): boolean {
  const before = store.progress().focus.get(curriculum.id);
  if ((before?.track ?? null) === track && sameAnswers(before?.answers ?? {}, answers)) return false;
  const answered = Object.keys(answers).length > 0;
  store.append([
    { kind: 'focus.set', subject: subject.focus(curriculum.id), data: { track, ...(answered ? { answers } : {}) } },
  ]);
  return true;
}

function sameAnswers(a: FocusAnswers, b: FocusAnswers): boolean {
  const questions = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...questions].every((question) => a[question] === b[question]);
}

/** Asks the questions that `given` does not answer; each answer is saved at once, and the last ones are the presets. */
export async function askQuestions(
  context: Context,
  study: Study,
  focus: Focus,
  given: FocusAnswers,
  instead: string,
): Promise<FocusAnswers> {
  const { curriculum, store } = study;
  const before = store.progress().focus.get(curriculum.id);
  const track = before?.track ?? null;
  let answers: FocusAnswers = { ...known(focus, before?.answers ?? {}), ...given };
  const open = focus.questions.filter(({ id }) => given[id] === undefined);
  if (open.length === 0) return answers;
  const prompter = await context.prompter(instead);
  const { intro } = focus;
  if (intro !== undefined) await tell(context, (ui) => `${paragraph(ui, safeText(intro))}\n`);
  for (const [index, question] of open.entries()) {
    const options = question.options.map((option) => ({ value: option.id, name: option.text }));
    const answer = await prompter.choose(
      `${index + 1}/${open.length} ${question.prompt}`,
      options,
      answers[question.id],
    );
    answers = { ...answers, [question.id]: answer };
    saveFocus(study, track, answers);
  }
  return answers;
}

/** Answers whose question and option are still there. */
function known(focus: Focus, answers: FocusAnswers): FocusAnswers {
  const kept = focus.questions.filter(({ id, options }) => options.some((option) => option.id === answers[id]));
  return Object.fromEntries(kept.map(({ id }) => [id, answers[id] ?? '']));
}

/** Shows what the answers recommend and lets the learner confirm it or choose otherwise. */
export async function confirmTrack(
  context: Context,
  focus: Focus,
  tracks: readonly Track[],
  answers: FocusAnswers,
  instead: string,
): Promise<string | null> {
  const recommendation = recommendTrack(focus, tracks, answers);
  if (recommendation) {
    const { track: recommended, ...rest } = safeData(recommendation);
    await tell(context, (ui) => `\n${viewScores({ recommended, ...rest }, ui)}\n`);
  }
  return askTrack(context, tracks, recommendation?.track ?? null, recommendation?.track, instead);
}

/** Asks for a track directly. */
export async function askTrack(
  context: Context,
  tracks: readonly Track[],
  preset: string | null,
  recommended: string | undefined,
  instead: string,
): Promise<string | null> {
  const prompter = await context.prompter(instead);
  const byChance = [...tracks].sort((a, b) => Number(b.id === recommended) - Number(a.id === recommended));
  return prompter.choose<string | null>(
    'Which track do you want to focus on? You can change it at any time.',
    [
      ...byChance.map((track) => ({
        value: track.id,
        name: track.id === recommended ? `${track.title} (recommended)` : track.title,
        description: track.choose_if ?? track.summary,
      })),
      { value: null, name: 'None for now', description: 'See the tasks of every track.' },
    ],
    preset,
  );
}
