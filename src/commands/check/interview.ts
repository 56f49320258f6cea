/** Asks a person the questions of a checkpoint. Every answer is saved before the next question appears. */
import type { Context } from '../../context.js';
import { givenAnswers, liveCriteria } from '../../core/assessment/attempts.js';
import {
  advance,
  currentCriterion,
  type Session,
  type SessionMove,
  startSession,
  unansweredCriteria,
} from '../../core/assessment/session.js';
import type { Criterion } from '../../core/curriculum/model.js';
import { criterionAnswer } from '../../core/progress/progress.js';
import type { Choice, Prompter } from '../../ui/prompter.js';
import { safeText } from '../../ui/safe-text.js';
import { paragraph } from '../../ui/text.js';
import type { Study } from '../lookup.js';
import { tell } from '../tell.js';
import { askSupport } from './ask-support.js';
import type { NewEvidence, Sitting } from './sitting.js';

/**
 * Leads through the criteria.
 * @returns true when the attempt is to be finished, false when the learner stopped and will carry on later.
 * @throws AppError INTERRUPTED on Ctrl-C; what was answered is saved.
 */
export async function interview(
  context: Context,
  prompter: Prompter,
  study: Study,
  sitting: Sitting,
): Promise<boolean> {
  const { checkpoint } = sitting;
  const saved = sitting.attempt();
  let session = startSession(liveCriteria(checkpoint), saved ? givenAnswers(checkpoint, saved) : []);
  const words = introduction(session, sitting, saved?.startedAt);
  await tell(context, (ui) => paragraph(ui, safeText(words)));
  while (session.step.at !== 'finished' && session.step.at !== 'left') {
    const { move, added } = await ask(context, prompter, study, sitting, session);
    const result = advance(session, move);
    if (result.answer) sitting.save(result.answer, added);
    session = result.session;
  }
  return session.step.at === 'finished';
}

function introduction(session: Session, { checkpoint, resumed }: Sitting, startedAt: string | undefined): string {
  const total = session.criteria.length;
  if (resumed) {
    const answered = total - unansweredCriteria(session).length;
    return `${checkpoint.title} You carry on with the attempt of ${startedAt?.slice(0, 10)}: ${answered} of ${total} answered. To begin anew: --restart`;
  }
  return `${checkpoint.title} ${total} questions. Each answer is saved when you give it; stop whenever you like.`;
}

interface Asked {
  readonly move: SessionMove;
  readonly added: readonly NewEvidence[];
}

async function ask(
  context: Context,
  prompter: Prompter,
  study: Study,
  sitting: Sitting,
  session: Session,
): Promise<Asked> {
  const criterion = currentCriterion(session);
  const { step } = session;
  if (!criterion) return { move: await askReview(prompter, session), added: [] };
  if (step.at === 'support') return askSupport({ context, prompter, study, sitting, criterion });
  return { move: await askLevel(prompter, sitting, session, criterion), added: [] };
}

async function askLevel(
  prompter: Prompter,
  sitting: Sitting,
  session: Session,
  criterion: Criterion,
): Promise<SessionMove> {
  const index = session.criteria.indexOf(criterion);
  const given = session.answers.get(criterion.id);
  const earlier = sitting.previous && criterionAnswer(sitting.previous.answers, criterion);
  const preset = given?.level ?? earlier?.level;
  const levels = criterion.levels.map((text, level): Choice<SessionMove> => {
    const mark =
      level === given?.level ? ' (your answer)' : given === undefined && level === earlier?.level ? ' (last time)' : '';
    return { name: `${text}${mark}`, value: { type: 'level', level } };
  });
  const choices: Choice<SessionMove>[] = [
    ...levels,
    { name: given ? 'Keep my answer and go on' : 'Skip this one', value: { type: 'skip' } },
  ];
  if (index > 0) choices.push({ name: 'Back', value: { type: 'back' } });
  choices.push({ name: 'Stop here; my answers are kept', value: { type: 'quit' } });
  const presetMove = preset === undefined ? undefined : levels[preset]?.value;
  return prompter.choose(`${index + 1} of ${session.criteria.length}: ${criterion.question}`, choices, presetMove);
}

async function askReview(prompter: Prompter, session: Session): Promise<SessionMove> {
  const open = unansweredCriteria(session);
  const choices: readonly Choice<SessionMove>[] = [
    open.length > 0
      ? { name: `Answer what I skipped (${open.length})`, value: { type: 'revisit' } }
      : { name: 'Go through my answers again', value: { type: 'revisit' } },
    { name: 'Finish and show the report', value: { type: 'finish' } },
    { name: 'Stop here; my answers are kept', value: { type: 'quit' } },
  ];
  const message =
    open.length > 0
      ? `Not answered: ${open.map((criterion) => criterion.id).join(', ')}`
      : 'Every question is answered.';
  return prompter.choose(message, choices);
}
