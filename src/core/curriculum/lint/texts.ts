import type { Path } from '../finding.js';
import type { CurriculumContent } from './rule.js';

/** Every string of the curriculum, with its path; code in the folders of labs is none of its texts. */
export function* listTexts({
  packages: _code,
  ...curriculum
}: CurriculumContent): Generator<{ readonly path: Path; readonly text: string }> {
  const open: { path: Path; value: unknown }[] = [{ path: [], value: curriculum }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === 'string') yield { path, text: value };
    else if (Array.isArray(value))
      for (const [index, each] of value.entries()) open.push({ path: [...path, index], value: each });
    else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) open.push({ path: [...path, key], value: each });
    }
  }
}
