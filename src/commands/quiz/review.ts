import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { openStudy } from '../lookup.js';
import { remember } from '../remember.js';
import { isListed } from './is-listed.js';
import type { QuizData } from './report.js';
import type { ReviewInput } from './review-sitting.js';

/** What is due today, and some new questions on what was studied. What grades answers is loaded unless the list is known. */
export async function review(context: Context, input: ReviewInput): Promise<Result<QuizData>> {
  const study = await openStudy(context);
  const bank = await context.questions();
  const sit = async () => {
    const { sitReview } = await import('./review-sitting.js');
    return sitReview(context, study, bank, input);
  };
  const { curriculum, store } = study;
  return isListed(context, input.answers)
    ? remember(context, { curriculum, store, bank, name: 'review', input }, sit)
    : sit();
}
