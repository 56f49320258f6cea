/**
 * The same value with the keys of every object in order, so that equal payloads are equal JSON whoever wrote them. Two
 * machines that hold the same events then hold the same bytes.
 */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const sorted: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value).sort(byKey)) {
    // A key of this name is data here, never the prototype.
    if (key === '__proto__') Object.defineProperty(sorted, key, { value: canonical(each), enumerable: true });
    else if (each !== undefined) sorted[key] = canonical(each);
  }
  return sorted;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonical(value)) ?? 'null';
}
