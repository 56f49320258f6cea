import { resolve } from 'node:path';
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import type { NewEvent } from '../../core/progress/event.js';
import { addedCurricula, folderHere } from '../../core/progress/progress.js';
import { subject } from '../../core/progress/subject.js';
import { nearest } from '../../core/search/nearest.js';
import { settingValue } from '../../core/settings/settings.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import { readValid } from './read-valid.js';

export interface AddInput {
  readonly folder: string;
  readonly use: boolean;
}

export interface RemoveInput {
  readonly id: string;
}

export interface AddData {
  readonly id: string;
  readonly folder: string;
  readonly title: string | null;
  readonly change: 'added' | 'moved' | 'removed' | 'none';
  /** The curriculum in use afterwards. */
  readonly current: string;
}

export async function addCurriculum(context: Context, { folder, use }: AddInput): Promise<Result<AddData>> {
  const path = resolve(context.cwd, folder);
  const { id, title } = await readValid(context, path);
  if (id === 'aisafe') {
    throw new AppError(
      'USAGE',
      `The curriculum in ${path} has the id “aisafe”, which is the one that comes with the program.`,
      {
        hint: `Choose another id in ${path}/curriculum.yaml, then: aisafe curriculum add ${quoteWord(folder)}`,
      },
    );
  }
  const store = await context.store();
  const known = folderHere(store.progress().curriculum.get(id), store.device);
  const events: NewEvent[] = [];
  if (known !== path) events.push({ kind: 'curriculum.added', subject: subject.curriculum(id), data: { path } });
  const current = settingValue(store.progress().setting, 'curriculum');
  if (use && current !== id)
    events.push({ kind: 'setting.set', subject: subject.setting('curriculum'), data: { value: id } });
  if (events.length > 0) store.append(events);
  const change = known === path ? 'none' : known === undefined ? 'added' : 'moved';
  return {
    data: { id, folder: path, title, change, current: use ? id : current },
    hints: use || current === id ? [] : [`To work with it: aisafe config set curriculum ${id}`],
  };
}

export async function removeCurriculum(context: Context, { id }: RemoveInput): Promise<Result<AddData>> {
  const store = await context.store();
  const progress = store.progress();
  const folder = folderHere(progress.curriculum.get(id), store.device);
  if (folder === undefined) {
    const [nearby] = nearest(id, addedCurricula(progress), 1);
    throw new AppError(
      'NOT_FOUND',
      id === 'aisafe'
        ? 'The curriculum that comes with the program cannot be removed.'
        : `There is no added curriculum “${id}”.`,
      { hint: nearby === undefined ? 'aisafe curriculum list' : `aisafe curriculum remove ${nearby}` },
    );
  }
  const wasCurrent = settingValue(progress.setting, 'curriculum') === id;
  const events: NewEvent[] = [{ kind: 'curriculum.removed', subject: subject.curriculum(id), data: {} }];
  if (wasCurrent) events.push({ kind: 'setting.removed', subject: subject.setting('curriculum'), data: {} });
  store.append(events);
  return {
    data: {
      id,
      folder,
      title: null,
      change: 'removed',
      current: wasCurrent ? 'aisafe' : settingValue(progress.setting, 'curriculum'),
    },
  };
}
