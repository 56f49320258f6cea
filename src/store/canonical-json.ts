/**
 * The same value with the keys of every object in order, so that equal payloads are equal JSON whoever wrote them. Two
 * machines that hold the same events then hold the same bytes.
 */
export function canonical(value: unknown): unknown {
  return isCanonical(value) ? value : toCanonical(value);
}

/** What an export holds is, and needs no copy. */
function isCanonical(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isCanonical);
  if (typeof value !== 'object' || value === null) return true;
  let before: string | undefined;
  for (const key in value) {
    const each = (value as Readonly<Record<string, unknown>>)[key];
    if ((before !== undefined && before > key) || each === undefined || !isCanonical(each)) return false;
    before = key;
  }
  return true;
}

function toCanonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCanonical);
  if (typeof value !== 'object' || value === null) return value;
  const sorted: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value).sort(byKey)) {
    // A key of this name is data here, never the prototype.
    if (key === '__proto__') Object.defineProperty(sorted, key, { value: toCanonical(each), enumerable: true });
    else if (each !== undefined) sorted[key] = toCanonical(each);
  }
  return sorted;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonical(value)) ?? 'null';
}
