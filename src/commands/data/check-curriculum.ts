import type { Context } from '../../context.js';
import { type Curriculum, tasksOf } from '../../core/curriculum/model.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import type { StoreCheck } from '../../store/store.js';

const id = 'curriculum';

/** The curriculum in use, as every command reads it. */
export async function checkChosenCurriculum(context: Context): Promise<StoreCheck> {
  try {
    return { id, status: 'ok', message: describe(await context.curriculum()) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { id, status: 'failed', message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
}

/** The curriculum that comes with the program: which one is in use is written in the store, which cannot be asked. */
export async function checkShippedCurriculum(context: Context): Promise<StoreCheck> {
  const folder = context.shippedCurriculum;
  const { curriculum, findings } = await context.readCurriculum(folder);
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  if (curriculum && errors === 0) return { id, status: 'ok', message: describe(curriculum) };
  return {
    id,
    status: 'failed',
    message: `The curriculum that comes with aisafe cannot be used: ${errors} errors in ${folder}.`,
    hint: `aisafe curriculum lint ${quoteWord(folder)}`,
  };
}

function describe(curriculum: Curriculum): string {
  return `“${curriculum.title}”, version ${curriculum.version}, ${[...tasksOf(curriculum)].length} tasks.`;
}
