import type { Context } from '../../context.js';

/** Are the questions only told, for a script that answers them later? */
export function isListed(context: Context, answers: string | undefined): boolean {
  return answers === undefined && context.options.json && !context.interactive;
}
