/**
 * A number as people write it: 1234.5, 1,234.5, 1 234.5, 0,25, −3, 1e-3, 1.2×10^-3, 10^6, 3/4. A comma with exactly three
 * digits after it separates thousands, unless a zero stands before it; any other single comma is a decimal comma.
 * Undefined when the text is no such number, or has anything else in it.
 */
export function readNumber(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/⁄/g, '/');
  const fraction = /^([^/]+)\/([^/]+)$/.exec(plain);
  if (!fraction) return readDecimal(plain);
  const above = readDecimal(fraction[1] ?? '');
  const below = readDecimal(fraction[2] ?? '');
  return above === undefined || below === undefined || below === 0 ? undefined : above / below;
}

const decimal =
  /^([+-]?)\s*(\d[\d,_'’\s]*(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,3})|\s*[×x*·]\s*10\s*(?:\^|\*\*)\s*\(?([+-]?\d{1,3})\)?)?$/;
const powerOfTen = /^([+-]?)\s*10\s*(?:\^|\*\*)\s*\(?([+-]?\d{1,3})\)?$/;
const longest = 60;

function readDecimal(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longest) return undefined;
  const power = powerOfTen.exec(trimmed);
  if (power) return finite(Number(`${power[1]}1e${power[2]}`));
  const match = decimal.exec(trimmed);
  if (!match) return undefined;
  const digits = ungroup(match[2] ?? '');
  return digits === undefined ? undefined : finite(Number(`${match[1]}${digits}e${match[3] ?? match[4] ?? '0'}`));
}

/** Takes separators of thousands out and turns a decimal comma into a point. */
function ungroup(text: string): string | undefined {
  const [whole = '', part] = text.split('.');
  const isGrouped = /^[1-9]\d{0,2}(?:([,_'’\s])\d{3})(?:\1\d{3})*$/.test(whole);
  if (isGrouped) return `${whole.replace(/\D/g, '')}${part === undefined ? '' : `.${part}`}`;
  if (/^\d+$/.test(whole) || whole === '') return text;
  return part === undefined && /^\d+,\d+$/.test(whole) ? whole.replace(',', '.') : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
