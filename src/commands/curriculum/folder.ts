import type { Context } from '../../context.js';
import { settingValue } from '../../core/settings/settings.js';
import { AppError } from '../../errors.js';

/** The folder of the curriculum in use, readable or not. */
export async function chosenFolder(context: Context): Promise<string> {
  const { setting, curriculum } = (await context.store()).progress();
  const id = context.options.curriculum ?? settingValue(setting, 'curriculum');
  const folder = id === 'aisafe' ? context.shippedCurriculum : curriculum.get(id)?.path;
  if (folder === undefined)
    throw new AppError('NOT_FOUND', `There is no curriculum “${id}” here.`, { hint: 'aisafe curriculum list' });
  return folder;
}
