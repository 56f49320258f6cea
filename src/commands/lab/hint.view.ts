import { paragraph } from '../../ui/text.js';
import type { Ui } from '../../ui/ui.js';
import type { HintData } from './hint.js';

/** The newest hint in full; those before it faint, for context. */
export function viewHint({ topic, hints, total, topics, command }: HintData, ui: Ui): string {
  const earlier = hints.slice(0, -1);
  const newest = hints.at(-1);
  const head = `${ui.style.heading(`Hint on ${topic}`)} ${ui.style.faint(`${hints.length} of ${total}`)}`;
  const others = topics
    .filter((each) => each.topic !== topic)
    .map(({ topic: name, seen, total: all }) => `${name} ${seen}/${all}`);
  return [
    paragraph(ui, head),
    ...earlier.map((text, index) => paragraph(ui, ui.style.faint(text), 4, ` ${index + 1}.`)),
    ...(newest === undefined ? [] : [paragraph(ui, newest, 4, ` ${hints.length}.`)]),
    ...(others.length > 0 ? [paragraph(ui, ui.style.faint(`Other topics, hints seen: ${others.join(', ')}`))] : []),
    ui.style.code(command),
  ].join('\n');
}
