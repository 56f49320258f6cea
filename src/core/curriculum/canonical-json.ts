/**
 * JSON with the keys of every object in code-unit order and without keys that are undefined: equal data, equal text.
 * As in RFC 8785, except that strings are escaped as JSON.stringify does.
 * @param known the text of objects that were written before.
 */
export function canonicalJson(value: unknown, known?: ReadonlyMap<unknown, string>): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const before = known?.get(value);
  if (before !== undefined) return before;
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each, known)).join(',')}]`;
  const record = value as Readonly<Record<string, unknown>>;
  let pairs = '';
  for (const key of Object.keys(record).sort()) {
    const each = record[key];
    if (each === undefined) continue;
    pairs += `${pairs === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(each, known)}`;
  }
  return `{${pairs}}`;
}
