/** Asks a person the questions of a sitting. Every answer is saved before its reveal appears. */
import type { Context } from '../../context.js';
import type { Answer, QuestionInstance } from '../../core/quiz/answer.js';
import { gradeAnswer } from '../../core/quiz/grade.js';
import type { Rating } from '../../core/schedule/card.js';
import { selfRatings } from '../../core/schedule/rating.js';
import { settingValue } from '../../core/settings/settings.js';
import type { Prompter } from '../../ui/prompter.js';
import { safeData, safeText } from '../../ui/safe-text.js';
import { count, paragraph } from '../../ui/text.js';
import type { Study } from '../lookup.js';
import { tell } from '../tell.js';
import { askAnew, askConfidence, askFlagNote, askNext, askRating, askRubric } from './ask-after.js';
import { askAnswer } from './ask-answer.js';
import { describeQuestion } from './describe-question.js';
import { intervalWords, viewQuestion, viewReveal } from './question.view.js';
import { type GivenAnswer, isGraded, type QuizSitting } from './quiz-sitting.js';
import { viewRubric } from './rubric.view.js';

interface Sitting {
  readonly context: Context;
  readonly prompter: Prompter;
  readonly study: Study;
  readonly sitting: QuizSitting;
}

type Outcome = 'on' | 'quit';

/**
 * Asks what is open, in order, until all is answered or the learner quits.
 * @throws AppError INTERRUPTED on Ctrl-C; what was answered is saved.
 */
export async function sitDown(place: Sitting, introduction: string): Promise<void> {
  const { context, sitting } = place;
  await tell(context, (ui) => paragraph(ui, safeText(introduction)));
  for (;;) {
    const instance = sitting.next();
    if (!instance || (await askOne(place, instance)) === 'quit') break;
  }
  context.say('');
}

async function askOne(place: Sitting, instance: QuestionInstance): Promise<Outcome> {
  const { context, prompter, study, sitting } = place;
  const shownAt = context.clock.now().getTime();
  const canUndo = sitting.answers().size > 0;
  const index = sitting.instances.indexOf(instance);
  const asked = safeData(describeQuestion(study, instance, undefined));
  if (sitting.hasNewMeaning(instance) && (await askAnew(prompter))) sitting.beginAnew(instance);
  await tell(context, (ui) => `\n${viewQuestion(asked, `${index + 1} of ${sitting.instances.length}`, ui)}\n`);
  for (;;) {
    const move = await askAnswer(prompter, instance, canUndo);
    switch (move.type) {
      case 'quit':
        return 'quit';
      case 'undo':
        await takeBack(place);
        return 'on';
      case 'flag':
        await flag(place, instance);
        break;
      case 'answer':
      case 'written': {
        const ms = context.clock.now().getTime() - shownAt;
        sitting.save(instance, { ...(await complete(place, instance, move)), ms });
        return reveal(place, instance);
      }
    }
  }
}

/** What is asked between the answer and its reveal. */
async function complete(
  { context, prompter, study, sitting }: Sitting,
  instance: QuestionInstance,
  move: { readonly type: 'answer'; readonly answer: Answer } | { readonly type: 'written'; readonly text: string },
): Promise<Omit<GivenAnswer, 'ms'>> {
  const claimsNothing = move.type === 'answer' && (move.answer.type === 'unknown' || move.answer.type === 'skipped');
  const wantsConfidence = settingValue(study.progress.setting, 'confidence') === 'on';
  const confidence = wantsConfidence && !claimsNothing && isGraded(instance) ? await askConfidence(prompter) : null;
  const { form, question } = instance;
  if (move.type === 'answer' || form.kind !== 'explain') {
    return { answer: move.type === 'answer' ? move.answer : { type: 'unknown' }, confidence };
  }
  const points = safeData(form.rubric.map(({ point }) => point));
  await tell(context, (ui) => `${viewRubric(points, ui)}\n`);
  const answer: Answer = { type: 'explain', text: move.text, ticked: [...(await askRubric(prompter, form.rubric))] };
  const choices = selfRatings(gradeAnswer(instance, answer).result, sitting.scheduling.grades);
  if (choices.length < 2 || sitting.plan.mode === 'placement') return { answer, confidence };
  const intervals = sitting.scheduling.preview(question.id, choices);
  const words = new Map<Rating, string>([...intervals].map(([rating, days]) => [rating, intervalWords(days)]));
  return { answer, confidence, rating: await askRating(prompter, words) };
}

async function reveal(place: Sitting, instance: QuestionInstance): Promise<Outcome> {
  const { context, prompter, study, sitting } = place;
  const { answered } = safeData(describeQuestion(study, instance, sitting.answers().get(instance.question.id)));
  if (!answered) return 'on';
  await tell(context, (ui) => `${viewReveal(answered, ui)}\n`);
  const isLast = sitting.next() === undefined;
  for (;;) {
    const [source] = answered.sources;
    switch (await askNext(prompter, { isLast, hasSource: source !== undefined, isLeech: answered.leech })) {
      case 'next':
        return 'on';
      case 'quit':
        return 'quit';
      case 'undo':
        await takeBack(place);
        return 'on';
      case 'flag':
        await flag(place, instance);
        break;
      case 'drop':
        sitting.drop(instance);
        await say(place, 'It will not come back by itself.');
        break;
      case 'more':
        if (source) await readMore(context, source);
        break;
    }
  }
}

async function takeBack(place: Sitting): Promise<void> {
  const words = place.sitting.takeBack()
    ? 'Taken back: the last answer.'
    : 'Other things were saved since; aisafe undo --list shows them.';
  await say(place, words);
}

async function flag(place: Sitting, instance: QuestionInstance): Promise<void> {
  const note = await askFlagNote(place.prompter);
  if (note === undefined) return;
  place.sitting.flag(instance, note);
  await say(place, 'Flagged. It is not asked again until it has been edited.');
}

async function readMore(context: Context, { title, url }: { title: string; url: string }): Promise<void> {
  const isWeb = URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol);
  const opened = isWeb && (await context.openUrl(url));
  await tell(context, (ui) => paragraph(ui, opened ? `Opened ${title}` : `${title}: ${url}`));
}

async function say({ context }: Sitting, words: string): Promise<void> {
  await tell(context, (ui) => paragraph(ui, words));
}

/** What a sitting begins with. */
export function introduce(sitting: QuizSitting, title: string, command: string): string {
  const { plan, instances } = sitting;
  if (!plan.resumed) {
    return `${title}: ${count(instances.length, 'question')}. Each answer is saved when you give it; q stops whenever you like.`;
  }
  const answered = sitting.answers().size;
  return `${title}. You carry on with the sitting of ${plan.startedAt.slice(0, 10)}: ${answered} of ${instances.length} answered. To begin anew: ${command} --restart`;
}
