/** Digits that show a value as its author wrote it and hide what binary arithmetic adds to it. */
const plainDigits = 12;

/**
 * A number for a person to read, with a real minus sign and no trailing zeros.
 * @param digits significant digits, 1 to 15; left out: as many as the value has.
 */
export function formatNumber(value: number, digits = plainDigits): string {
  const rounded = Number(value.toPrecision(digits));
  return String(rounded === 0 ? 0 : rounded).replace(/-/g, '−');
}
