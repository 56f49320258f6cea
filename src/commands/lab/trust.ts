/** Labs of other people are code: before it runs for the first time, and after each change, the learner is asked. */
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { safeText } from '../../ui/safe-text.js';
import { count, paragraph } from '../../ui/text.js';
import { tell } from '../tell.js';
import type { LabPlace } from './place.js';

/**
 * Returns when the code of the lab may run.
 * @param trust the learner says so on the command line.
 * @throws AppError NOT_TRUSTED when they do not want it, NEEDS_TERMINAL when they cannot be asked.
 */
export async function assureTrust(context: Context, place: LabPlace, trust: boolean): Promise<void> {
  if (place.isShipped) return;
  const { store } = place.study;
  const { readLabCode } = await import('../../labs/package-hash.js');
  const code = readLabCode(place.package);
  if (place.state?.trusted[store.device] === code.hash) return;
  if (!trust) {
    const before = place.state?.trusted[store.device] !== undefined;
    const prompter = await context.prompter(`aisafe lab check ${place.lab.id} --trust`);
    await tell(context, (ui) =>
      [
        paragraph(
          ui,
          before
            ? `The code of the lab “${safeText(place.lab.title)}” has changed since you let it run.`
            : `The lab “${safeText(place.lab.title)}” does not come with aisafe. To check your work its code runs on this computer, with your rights.`,
        ),
        paragraph(ui, `Folder: ${safeText(place.package.path)}`),
        ...code.files.map(({ name, lines }) =>
          paragraph(ui, `${safeText(name)} ${ui.style.faint(count(lines, 'line'))}`, 4, `  ${ui.symbols.bullet}`),
        ),
      ].join('\n'),
    );
    if (!(await prompter.confirm('Have you looked at it, and may it run?', false))) {
      throw new AppError('NOT_TRUSTED', 'Nothing was run.', { hint: `aisafe lab check ${place.lab.id} --trust` });
    }
  }
  store.append([{ kind: 'lab.trusted', subject: place.subject, revision: place.revision, data: { hash: code.hash } }]);
}
