import type { SchemaData } from './schema.js';

export function viewSchema({ kinds }: SchemaData): string {
  return kinds.map((kind) => `aisafe curriculum schema ${kind}`).join('\n');
}
