/** The questions of `init`, in order; each answer is saved at once. */
import type { Context } from '../../context.js';
import type { QuestionBank } from '../../core/curriculum/model.js';
import { backgroundEstimate, placementEvents, placementLists, placementPhase } from '../../core/placement/placement.js';
import { estimatedMinutes } from '../../core/planning/estimate.js';
import { focusTrack } from '../../core/progress/progress.js';
import { subject } from '../../core/progress/subject.js';
import { isAskable } from '../../core/quiz/askable.js';
import type { Choice, Prompter } from '../../ui/prompter.js';
import { safeData } from '../../ui/safe-text.js';
import { paragraph } from '../../ui/text.js';
import { spanRange } from '../../ui/time.js';
import type { Study } from '../lookup.js';
import { findTopic } from '../quiz/topic.js';
import { readBankIfSound } from '../read-bank.js';
import { tell } from '../tell.js';
import { askQuestions, confirmTrack, saveFocus } from './choose-focus.js';

/** Which questions to ask. */
export interface InitQuestions {
  readonly background: boolean;
  readonly hours: boolean;
  readonly focus: boolean;
  readonly placement: boolean;
}

/** @param instead the options that answer without a terminal. */
export async function askInit(
  context: Context,
  study: Study,
  questions: InitQuestions,
  instead: string,
): Promise<void> {
  const prompter = await context.prompter(instead);
  if (questions.background) await askBackground(prompter, study);
  if (questions.hours) await askHours(prompter, study);
  if (questions.focus) await askFocus(context, prompter, study, instead);
  if (questions.placement) await askPlacement(context, prompter, study);
}

async function askBackground(prompter: Prompter, { curriculum, store }: Study): Promise<void> {
  const present = store.progress().profile?.background;
  const phase = placementPhase(curriculum);
  const estimate = phase && backgroundEstimate(phase, undefined);
  const background = await prompter.choose(
    'Have you used mathematics in your studies or at work (STEM)?',
    [
      {
        value: 'stem' as const,
        name: 'Yes, it needs refreshing at most',
        ...(estimate
          ? { description: `The mathematics of ${phase.title}: about ${spanRange(estimate.refresher)}.` }
          : {}),
      },
      {
        value: 'other' as const,
        name: 'No, most of it will be new',
        ...(estimate
          ? { description: `The mathematics of ${phase.title}: about ${spanRange(estimate.fromScratch)}.` }
          : {}),
      },
    ],
    present,
  );
  if (background !== present) store.append([{ kind: 'profile.set', subject: subject.profile, data: { background } }]);
}

async function askHours(prompter: Prompter, { store }: Study): Promise<void> {
  const present = store.progress().profile?.hoursPerWeek;
  const check = (text: string) => {
    const hours = Number(text);
    return text.trim() !== '' && hours >= 0.5 && hours <= 100 ? undefined : 'A number from 0.5 to 100.';
  };
  const answer = await prompter.text('How many hours a week can you study, in an ordinary week?', {
    preset: String(present ?? 5),
    check,
  });
  const hoursPerWeek = Number(answer);
  if (hoursPerWeek !== present)
    store.append([{ kind: 'profile.set', subject: subject.profile, data: { hoursPerWeek } }]);
}

async function askFocus(context: Context, prompter: Prompter, study: Study, instead: string): Promise<void> {
  const { curriculum, store } = study;
  const tracks = curriculum.tracks ?? [];
  if (tracks.length === 0) return;
  const present = focusTrack(store.progress(), curriculum);
  const { focus } = curriculum;
  type Answer = { readonly choose: string } | 'questions' | 'later';
  const choices: Choice<Answer>[] = tracks.map((track) => ({
    value: { choose: track.id },
    name: track.id === present ? `${track.title} (your focus now)` : track.title,
    description: track.choose_if ?? track.summary,
  }));
  if (focus) choices.unshift({ value: 'questions', name: `Help me choose: ${focus.questions.length} short questions` });
  choices.push({ value: 'later', name: present === undefined ? 'Later' : 'Leave it as it is' });
  const preset = choices.find(({ value }) => typeof value === 'object' && value.choose === present) ?? choices[0];
  const answer = await prompter.choose(
    'Which track do you want to focus on? You can change it at any time.',
    choices,
    preset?.value,
  );
  if (answer === 'later') return;
  const answers = store.progress().focus.get(curriculum.id)?.answers ?? {};
  if (answer !== 'questions') {
    saveFocus(study, answer.choose, answers);
  } else if (focus) {
    const given = await askQuestions(context, study, focus, {}, instead);
    saveFocus(study, await confirmTrack(context, focus, tracks, given, instead), given);
  }
}

async function askPlacement(context: Context, prompter: Prompter, study: Study): Promise<void> {
  const { curriculum, store } = study;
  const phase = placementPhase(curriculum);
  const progress = store.progress();
  const lists = phase ? placementLists(phase, curriculum, progress, focusTrack(progress, curriculum)) : [];
  if (!phase || lists.length === 0) return;
  const go = await prompter.confirm(
    `Mark what you know of “${phase.title}” already? ${lists.length} short lists`,
    true,
  );
  if (!go) return;
  await tell(context, (ui) =>
    paragraph(
      ui,
      'Mark a task only if you could do it unaided today. It is then left out of what comes next; take it back at any time with aisafe reopen.',
    ),
  );
  const bank = await readBankIfSound(context);
  for (const [index, list] of lists.entries()) {
    const place = `${index + 1}/${lists.length} ${list.module.title}`;
    if (bank && canBePlaced(study, bank, list.module.id)) {
      const way = await askWay(prompter, place);
      if (way === 'questions') await takePlacement(context, list.module.id);
      if (way !== 'mark') continue;
    }
    const known = await prompter.chooseMany(
      `${place}: which of these could you do unaided today?`,
      list.tasks.map((task) => ({
        value: task,
        name: `${task.title} (${spanRange(estimatedMinutes(task, progress.profile))})`,
        description: task.why,
      })),
      list.waived,
    );
    const events = placementEvents(curriculum, list, known);
    if (events.length > 0) store.append(events);
  }
}

/** A placement asks no fewer questions. */
const fewestQuestions = 8;

/** Are there enough questions on a module to test out of it? */
function canBePlaced(study: Study, { questions, revisions }: QuestionBank, module: string): boolean {
  const { concepts } = findTopic(study, module);
  const cards = study.store.cards(study.curriculum.id);
  const askable = questions.filter(
    (question) =>
      !question.retired &&
      question.kind !== 'explain' &&
      question.concepts.some((concept) => concepts?.has(concept)) &&
      isAskable(cards.get(question.id), revisions[question.id]),
  );
  return askable.length >= fewestQuestions;
}

async function askWay(prompter: Prompter, place: string): Promise<'questions' | 'mark' | 'leave'> {
  return prompter.choose(`${place}: do you know it already?`, [
    {
      value: 'questions' as const,
      name: 'Find out with 8 to 12 questions',
      description: 'With 80 % right the module counts as known; below nothing changes.',
    },
    { value: 'mark' as const, name: 'Mark myself what I know', description: 'Task by task, on your word.' },
    { value: 'leave' as const, name: 'No, or not now' },
  ]);
}

async function takePlacement(context: Context, module: string): Promise<void> {
  const { quiz } = await import('../quiz/quiz.js');
  const { viewQuiz } = await import('../quiz/quiz.view.js');
  const { data } = await quiz(context, {
    topic: undefined,
    count: undefined,
    kind: undefined,
    answers: undefined,
    placement: module,
    seed: undefined,
    restart: false,
  });
  const safe = safeData(data);
  await tell(context, (ui) => `${viewQuiz(safe, ui)}\n`);
}
