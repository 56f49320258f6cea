/**
 * Text from curricula, notes, imports and files is not ours: it may carry escape sequences that move the cursor, set
 * the title or open links. Everything printed for a person passes through here before any style is put on it.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Makes control and direction-changing characters visible; keeps line feeds and tabs. */
export function safeText(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = character.charCodeAt(0);
    // U+2400 onward holds a picture for each C0 control character.
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** The same data with every string in it safe to print. */
export function safeData<T>(data: T): T {
  return mapStrings(data) as T;
}

function mapStrings(value: unknown): unknown {
  if (typeof value === 'string') return safeText(value);
  if (Array.isArray(value)) return value.map(mapStrings);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [safeText(key), mapStrings(each)]));
  }
  return value;
}

/** JSON whose strings hold no raw control characters at all, so that it may be printed on a terminal. */
export function safeJson(document: unknown, indent?: number): string {
  return JSON.stringify(document, null, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    },
  );
}
