import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { subject } from '../../core/progress/subject.js';
import { AppError } from '../../errors.js';
import { findPython } from '../../labs/find-python.js';
import { runSetup } from '../../labs/run-setup.js';
import type { SetupStep } from '../../labs/setup-recipe.js';
import { safeText } from '../../ui/safe-text.js';
import { paragraph } from '../../ui/text.js';
import { openStudy, type Study } from '../lookup.js';
import { tell } from '../tell.js';
import { pythonRequest } from './python.js';

export interface SetupInput {
  readonly yes: boolean;
}

export interface SetupData {
  /** False when a Python that will do was there already. */
  readonly changed: boolean;
  readonly python: { readonly executable: string; readonly version: string; readonly numpy: string };
  /** The commands that were run. */
  readonly steps: readonly SetupStep[];
}

/** Gives the labs a Python with NumPy, after asking. */
export async function setup(context: Context, input: SetupInput): Promise<Result<SetupData>> {
  const study = await openStudy(context);
  const found = await findPython(pythonRequest(context, study));
  if (found.type === 'found') return { data: { changed: false, python: found.python, steps: [] } };
  const { message, hint, recipe } = found;
  if (recipe?.type !== 'run') throw new AppError('NO_PYTHON', message, { hint });
  await tell(context, (ui) =>
    [
      paragraph(ui, safeText(message)),
      paragraph(ui, 'These commands would give it NumPy, which they load from the internet:'),
      ...recipe.steps.map(({ command, args }) => `  ${ui.style.code(safeText([command, ...args].join(' ')))}`),
    ].join('\n'),
  );
  if (!input.yes) {
    const prompter = await context.prompter('aisafe lab setup --yes');
    if (!(await prompter.confirm('Run them?', true)))
      throw new AppError('NO_PYTHON', 'Nothing was changed.', { hint: recipe.text });
  }
  const result = await context.interruptible((signal) =>
    runSetup(recipe.steps, { env: context.env, signal, onOutput: (text) => context.say(safeText(text.trimEnd())) }),
  );
  if (result.type === 'failed') {
    throw new AppError('NO_PYTHON', `The step “${result.step.purpose}” failed: ${result.message}.`, {
      hint: recipe.text,
    });
  }
  if (recipe.python !== null) {
    study.store.append([{ kind: 'setting.set', subject: subject.setting('python'), data: { value: recipe.python } }]);
  }
  return { data: { changed: true, python: await lookAgain(context, study, recipe.text), steps: recipe.steps } };
}

async function lookAgain(context: Context, study: Study, hint: string): Promise<SetupData['python']> {
  const found = await findPython(pythonRequest(context, { ...study, progress: study.store.progress() }));
  if (found.type === 'found') return found.python;
  throw new AppError('NO_PYTHON', `The commands went through, and still: ${found.message}`, { hint });
}
