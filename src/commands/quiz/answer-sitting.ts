/** The three ways through a sitting: a person, a file, or nobody (the questions are listed for a script). */
import type { Context } from '../../context.js';
import type { Study } from '../lookup.js';
import { isListed } from './is-listed.js';
import type { QuizSitting } from './quiz-sitting.js';
import type { QuizData } from './report.js';

export interface AnswerRequest {
  readonly sitting: QuizSitting;
  /** Path of the answers file; `-` is standard input. */
  readonly answers: string | undefined;
  readonly title: string;
  /** The command as it was given, for hints. */
  readonly command: string;
}

/**
 * Has a sitting answered, as far as it gets.
 * @throws AppError NEEDS_TERMINAL when nobody can be asked and no list was wanted either; INTERRUPTED; DATA_INVALID.
 */
export async function answerSitting(
  context: Context,
  study: Study,
  { sitting, answers, title, command }: AnswerRequest,
): Promise<QuizData['answeredBy']> {
  if (isListed(context, answers)) return 'nobody';
  await sitting.prepare();
  if (answers !== undefined) {
    const { readAnswersFile } = await import('./answers-file.js');
    const known = sitting.answers();
    const open = sitting.instances.filter(({ question }) => !known.has(question.id));
    const topic = command.split(' ').slice(0, 2).join(' ');
    const given = await readAnswersFile(context, answers, open, topic);
    for (const { instance, answer, confidence } of given) sitting.save(instance, { answer, confidence, ms: null });
    return 'file';
  }
  const prompter = await context.prompter(`${command} --answers FILE`);
  const { introduce, sitDown } = await import('./sit-down.js');
  await sitDown({ context, prompter, study, sitting }, introduce(sitting, title, command));
  return 'person';
}
