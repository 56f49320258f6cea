/**
 * Characters that do something to a terminal or a reader instead of being read: control characters (C0 without tab and
 * line break, DEL, C1), embeddings, overrides and isolates of text direction, line and paragraph separators, byte
 * order marks and halves of surrogate pairs. A carriage return is allowed before a line feed.
 */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\r(?!\n)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export interface ControlCharacter {
  readonly offset: number;
  /** As in U+202E. */
  readonly name: string;
}

/** The forbidden characters of a text, in order, at most `limit`. */
export function findControlCharacters(text: string, limit: number): readonly ControlCharacter[] {
  const found: ControlCharacter[] = [];
  for (const match of text.matchAll(forbidden)) {
    if (found.length >= limit) break;
    found.push({ offset: match.index, name: nameOf(match[0]) });
  }
  return found;
}

const escapeSequence = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^\r\n]))/g;
const named: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  r: '\r',
  N: '\x85',
  L: '\u2028',
  P: '\u2029',
};

/**
 * The first escape sequence in the source of a double-quoted scalar that stands for a forbidden character. The value
 * holds the character and the source does not, so its place is that of the escape.
 */
export function findControlEscape(source: string): ControlCharacter | undefined {
  for (const match of source.matchAll(escapeSequence)) {
    const digits = match[1] ?? match[2] ?? match[3];
    const code = digits === undefined ? undefined : Number.parseInt(digits, 16);
    if (code !== undefined && code > 0x10ffff) continue;
    const character = code === undefined ? named[match[4] ?? ''] : String.fromCodePoint(code);
    if (character === undefined || findControlCharacters(character, 1).length === 0) continue;
    return { offset: match.index, name: nameOf(character) };
  }
  return undefined;
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
