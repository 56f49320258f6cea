import type { Context } from '../../context.js';
import type { Curriculum } from '../../core/curriculum/model.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';

/**
 * The curriculum in a folder.
 * @throws AppError CURRICULUM_INVALID when it has errors (warnings pass), FILE_NOT_FOUND when there is none.
 */
export async function readValid(context: Context, folder: string): Promise<Curriculum> {
  const { curriculum, findings } = await context.readCurriculum(folder);
  const errors = findings.filter((finding) => finding.severity === 'error');
  const [first] = errors;
  if (curriculum && !first) return curriculum;
  const place = first ? `${first.file}:${first.line}:${first.column} ${first.message}` : 'it cannot be read';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new AppError('CURRICULUM_INVALID', `The curriculum in ${folder} has errors: ${place}${more}`, {
    hint: `aisafe curriculum lint ${quoteWord(folder)}`,
    details: { findings: errors },
  });
}
