import type { Context } from '../context.js';
import { createUi } from '../ui/screen.js';
import { releaseSpaces } from '../ui/style.js';
import type { Ui } from '../ui/ui.js';

/**
 * Says something between two questions, laid out for the terminal that the questions appear on.
 * @param render must be given text that is safe to print.
 */
export async function tell(context: Context, render: (ui: Ui) => string): Promise<void> {
  const { host, options, clock } = context;
  const ui = await createUi({
    stream: host.stderr,
    env: host.env,
    plain: options.plain,
    color: options.color,
    clock,
  });
  context.say(releaseSpaces(render(ui)));
}
