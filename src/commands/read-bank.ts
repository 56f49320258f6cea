import type { Context } from '../context.js';
import type { QuestionBank } from '../core/curriculum/model.js';
import { AppError } from '../errors.js';

/** The questions, for what can do without them: undefined when they cannot be read. `aisafe quiz` says why. */
export async function readBankIfSound(context: Context): Promise<QuestionBank | undefined> {
  try {
    return await context.questions();
  } catch (error) {
    if (error instanceof AppError && error.code === 'CURRICULUM_INVALID') return undefined;
    throw error;
  }
}
