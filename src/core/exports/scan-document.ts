/**
 * Takes a JSON document apart without holding it: the elements of the lists inside `data` come out one by one, each as
 * the text that it is; what is around them stays, with a 0 in the place of each element. Nothing is judged here: whoever
 * parses the elements and the rest finds what is wrong with either.
 */
export interface Element {
  /** Key of the list in `data`. */
  readonly list: string;
  readonly text: string;
  /** On which it begins; from 1. */
  readonly line: number;
}

export interface DocumentScanner {
  /** The elements that end in this piece of the text. */
  take(piece: string): Generator<Element>;
  /** What is around the elements, to be asked for at the end. */
  rest(): string;
  /** The line of a place in the rest; of its end: the last line that is not blank. */
  lineOf(place: number): number;
}

/** A list in `data` stands below the document and `data`. */
const listDepth = 3;

export function createDocumentScanner(): DocumentScanner {
  const rest: string[] = [];
  let restLength = 0;
  /** Pairs: a place in the rest, and how many lines of elements are left out before it. */
  const leftOut: number[] = [];
  let linesLeftOut = 0;
  let line = 1;
  let lastLine = 1;
  /** For each open container: the key in force, or null for a list. */
  const open: (string | null)[] = [];
  let lastString = '""';
  /** The element at hand: its text so far, its line (0: it has not begun), and how many containers are open in it. */
  let element: { readonly parts: string[]; line: number; depth: number } | undefined;
  /** Was the element at hand announced by a comma? */
  let afterComma = false;
  /** A string whose end is in a later piece. */
  let tail = '';

  const isInList = () => open.length === listDepth && open[0] === 'data' && open[listDepth - 1] === null;
  const keep = (text: string) => {
    if (element) element.parts.push(text);
    else {
      rest.push(text);
      restLength += text.length;
    }
  };

  function* endElement(isNeeded: boolean): Generator<Element> {
    if (!element) return;
    const { parts, line: begun } = element;
    const text = parts.join('');
    element = undefined;
    // Blanks in an empty list are no element; nothing between two commas is one, and a wrong one.
    if (begun === 0 && !isNeeded) return keep(text);
    keep('0');
    linesLeftOut += text.split('\n').length - 1;
    leftOut.push(restLength, linesLeftOut);
    yield { list: open[1] ?? '', text, line: begun || line };
  }

  /** The piece at hand, and how far it has been kept. */
  let text = '';
  let kept = 0;
  const keepTo = (end: number) => {
    if (end > kept) keep(text.slice(kept, end));
    kept = end;
  };
  const beginElement = (place: number, isAnnounced: boolean) => {
    keepTo(place);
    element = { parts: [], line: 0, depth: 0 };
    afterComma = isAnnounced;
  };

  const openContainer = (code: number, index: number) => {
    if (element) {
      element.depth += 1;
      return;
    }
    open.push(code === openList ? null : '');
    if (isInList()) beginElement(index + 1, false);
  };

  function* closeContainer(index: number): Generator<Element> {
    if (element && element.depth > 0) {
      element.depth -= 1;
      return;
    }
    if (element) keepTo(index);
    yield* endElement(afterComma);
    open.pop();
  }

  function* separate(index: number): Generator<Element> {
    if (element?.depth !== 0) return;
    keepTo(index);
    yield* endElement(true);
    beginElement(index + 1, true);
  }

  /** The index of the string's end; -1 when it is in a later piece. */
  const passString = (index: number) => {
    const end = endOfString(text, index);
    if (!element && end >= 0) lastString = text.slice(index, end + 1);
    return end;
  };

  const noticeElement = (code: number) => {
    const isNothing = element?.depth === 0 && (code === comma || code === closeList);
    if (element?.line === 0 && !isNothing) element.line = line;
  };

  function* take(piece: string): Generator<Element> {
    text = tail + piece;
    tail = '';
    kept = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === lineFeed) line += 1;
      if (isBlank(code)) continue;
      lastLine = line;
      noticeElement(code);
      if (code === quote) {
        const end = passString(index);
        if (end < 0) {
          keepTo(index);
          tail = text.slice(index);
          return;
        }
        index = end;
      } else if (code === colon) {
        if (!element && open.length > 0) open[open.length - 1] = keyOf(lastString);
      } else if (code === openObject || code === openList) openContainer(code, index);
      else if (code === closeObject || code === closeList) yield* closeContainer(index);
      else if (code === comma) yield* separate(index);
    }
    keepTo(text.length);
  }

  const wholeRest = () => [...rest, ...(element?.parts ?? []), tail].join('');
  return {
    take,
    rest: wholeRest,
    lineOf: (place) => {
      const before = wholeRest().slice(0, place);
      if (before.trimEnd().length >= restLength) return lastLine;
      let skipped = 0;
      for (let at = 0; at < leftOut.length && (leftOut[at] ?? 0) <= place; at += 2) skipped = leftOut[at + 1] ?? 0;
      return before.trimEnd().split('\n').length + skipped;
    },
  };
}

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

function isBlank(code: number): boolean {
  return code === space || code === lineFeed || code === carriageReturn || code === tab;
}

/** Index of the closing quotation mark; -1 when it is not here. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function keyOf(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    // A broken key is found when the rest is parsed.
    return '';
  }
}
