/**
 * The line on which each element of a list begins, for messages about a JSON document that parses but holds something
 * wrong: JSON.parse does not tell where things stood.
 * @param text JSON that parses.
 * @param path keys that lead from the top to the list.
 * @returns lines from 1, one an element; none when there is no such list.
 */
export function locateElements(text: string, path: readonly string[]): readonly number[] {
  let lines: number[] = [];
  /** For each open container: the key in force, or null for a list. */
  const open: (string | null)[] = [];
  let line = 1;
  let lastText = '';
  let awaitsElement = false;
  const isInList = () =>
    open.length === path.length + 1 && open.at(-1) === null && path.every((key, depth) => open[depth] === key);

  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\n') line += 1;
    if (/\s/.test(character)) continue;
    if (awaitsElement && character !== ']') lines.push(line);
    awaitsElement = false;
    switch (character) {
      case '"': {
        const end = endOfString(text, index);
        lastText = text.slice(index, end + 1);
        index = end;
        break;
      }
      case ':':
        open[open.length - 1] = String(JSON.parse(lastText));
        break;
      case '{':
        open.push('');
        break;
      case '[':
        open.push(null);
        awaitsElement = isInList();
        // Of a key that is there twice, the last one counts.
        if (awaitsElement) lines = [];
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        awaitsElement = isInList();
    }
  }
  return lines;
}

/** Index of the closing quotation mark. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length - 1 : end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
