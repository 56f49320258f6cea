/**
 * Takes a JSON document apart without holding it: the elements of the lists inside `data` come out one by one, each as
 * the text that it is; what is around them stays, with a 0 in the place of each element. Nothing is judged here: whoever
 * parses the elements and the rest finds what is wrong with either.
 */
export interface Element {
  /** Key of the list in `data`. */
  readonly list: string;
  /** On which it begins; from 1. */
  readonly line: number;
  readonly text?: string;
  /** In the place of its text, when it was parsed to find its end: it leaves neither a 0 behind nor the comma after it. */
  readonly value?: object;
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

const partsOfBlock = 4096;

export function createDocumentScanner(): DocumentScanner {
  /** What is around the elements: whole blocks, and the parts of the one at hand, which are short and many. */
  const blocks: string[] = [];
  let parts: string[] = [];
  let restLength = 0;
  /** Pairs: a place in the rest, and how many lines of elements are left out before it. */
  const leftOut: number[] = [];
  let linesLeftOut = 0;
  let line = 1;
  let lastLine = 1;
  /** For each open container: the key in force, or null for a list. */
  const open: (string | null)[] = [];
  let lastString = '""';
  /** The element at hand: its text so far, the line it is announced on, and how many containers are open in it. */
  let element: { readonly parts: string[]; line: number; afterComma: boolean; depth: number } | undefined;
  /** The piece at hand, how far it has been kept, and a string whose end is in a later piece. */
  let text = '';
  let kept = 0;
  let tail = '';
  /** Has each object in a list so far been on a line of its own, as `export` writes them? */
  let isByLine = true;
  /** Does the line at hand end in a later piece? */
  let isLastLine = false;

  const keep = (part: string) => {
    if (element) element.parts.push(part);
    else {
      parts.push(part);
      restLength += part.length;
      if (parts.length >= partsOfBlock) {
        blocks.push(parts.join(''));
        parts = [];
      }
    }
  };
  const keepTo = (end: number) => {
    if (end > kept) keep(text.slice(kept, end));
    kept = end;
  };
  const leaveOutLines = (count: number) => {
    linesLeftOut += count;
    if (leftOut.at(-2) === restLength) leftOut[leftOut.length - 1] = linesLeftOut;
    else leftOut.push(restLength, linesLeftOut);
  };
  const isInList = () => open.length === listDepth && open[0] === 'data' && open[listDepth - 1] === null;
  const beginElement = (place: number, afterComma: boolean) => {
    keepTo(place);
    element = { parts: [], line, afterComma, depth: 0 };
  };
  const endElement = (place: number, isNeeded: boolean): Element | undefined => {
    if (!element) return undefined;
    keepTo(place);
    const { line: announced } = element;
    const whole = element.parts.join('');
    element = undefined;
    const begin = whole.search(/\S/);
    // Blanks in an empty list are no element; nothing between two commas is one, and a wrong one.
    if (begin < 0 && !isNeeded) {
      keep(whole);
      return undefined;
    }
    keep('0');
    leaveOutLines(countLineFeeds(whole));
    return { list: open[1] ?? '', text: whole, line: announced + countLineFeeds(whole.slice(0, Math.max(0, begin))) };
  };

  const openContainer = (code: number, index: number) => {
    if (element) element.depth += 1;
    else {
      open.push(code === openList ? null : '');
      if (isInList()) beginElement(index + 1, false);
    }
  };
  const closeContainer = (index: number): Element | undefined => {
    if (element && element.depth > 0) {
      element.depth -= 1;
      return undefined;
    }
    const ended = element && endElement(index, element.afterComma);
    open.pop();
    return ended;
  };
  const separate = (index: number): Element | undefined => {
    if (element?.depth !== 0) return undefined;
    const ended = endElement(index, true);
    beginElement(index + 1, true);
    return ended;
  };
  const nameContainer = () => {
    if (!element && open.length > 0) open[open.length - 1] = keyOf(lastString);
  };
  const step = (code: number, index: number): Element | undefined => {
    if (code === comma) return separate(index);
    if (code === colon) nameContainer();
    else if (code === openObject || code === openList) openContainer(code, index);
    else if (code === closeObject || code === closeList) return closeContainer(index);
    return undefined;
  };
  /** The index of the string's end; of the piece's when that is in a later one. */
  const passString = (index: number) => {
    const end = endOfString(text, index);
    if (end >= 0) {
      if (!element) lastString = text.slice(index, end + 1);
      return end;
    }
    keepTo(index);
    tail = text.slice(index);
    kept = text.length;
    return text.length;
  };

  /**
   * The element that begins here, when it is an object that ends with its line and a comma: a text that is an object whole is one
   * wherever it begins like this. Much quicker than looking for its end.
   */
  const takeLine = (): Element | undefined => {
    if (!isByLine || isLastLine || !element || element.parts.length > 0) return undefined;
    let begin = kept;
    while (isBlank(text.charCodeAt(begin))) begin += 1;
    if (text.charCodeAt(begin) !== openObject) return undefined;
    const lineEnd = text.indexOf('\n', begin);
    isLastLine = lineEnd < 0;
    if (isLastLine) return undefined;
    let end = lineEnd - 1;
    while (isBlank(text.charCodeAt(end))) end -= 1;
    if (text.charCodeAt(end) !== comma) return undefined;
    const value = parseObject(text.slice(begin, end));
    isByLine = value !== undefined;
    if (value === undefined) return undefined;
    const lines = countLineFeeds(text.slice(kept, begin));
    leaveOutLines(lines);
    line += lines;
    kept = end + 1;
    element.line = line;
    element.afterComma = true;
    return { list: open[1] ?? '', line, value };
  };

  /** Returns where they end. */
  function* takeLines(): Generator<Element, number> {
    for (let taken = takeLine(); taken; taken = takeLine()) yield taken;
    return kept;
  }

  function* walk(): Generator<Element> {
    for (let index = 0; index < text.length; index += 1) {
      if (index === kept) index = yield* takeLines();
      const code = text.charCodeAt(index);
      if (code === lineFeed) line += 1;
      else if (code === quote) index = passString(index);
      else if (code >= comma) {
        const ended = step(code, index);
        if (ended) yield ended;
      }
    }
    keepTo(text.length);
  }

  function* take(piece: string): Generator<Element> {
    text = tail + piece;
    tail = '';
    kept = 0;
    isLastLine = false;
    yield* walk();
    const body = text.trimEnd();
    if (body !== '') lastLine = line - countLineFeeds(text.slice(body.length));
  }

  const wholeRest = () => [...blocks, ...parts, ...(element?.parts ?? []), tail].join('');
  return {
    take,
    rest: wholeRest,
    lineOf: (place) => {
      const before = wholeRest().slice(0, place).trimEnd();
      if (before.length >= restLength) return lastLine;
      let skipped = 0;
      for (let at = 0; at < leftOut.length && (leftOut[at] ?? 0) <= place; at += 2) skipped = leftOut[at + 1] ?? 0;
      return 1 + countLineFeeds(before) + skipped;
    },
  };
}

const lineFeed = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

function isBlank(code: number): boolean {
  return code === 0x20 || code === lineFeed || code === 0x0d || code === 0x09;
}

function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function parseObject(json: string): object | undefined {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
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
