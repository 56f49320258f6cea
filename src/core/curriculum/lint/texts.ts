import type { Path } from '../finding.js';
import type { CurriculumContent } from './rule.js';

export interface Text {
  readonly text: string;
  /** Where it stands; worked out when it is asked for, as hardly any text is found fault with. */
  readonly path: () => Path;
}

/** A value on the way down, with the way to it. */
interface Place {
  readonly above: Place | undefined;
  readonly step: string | number;
  readonly value: unknown;
}

/** Every string of the curriculum; code in the folders of labs is none of its texts. */
export function* listTexts({ packages: _code, ...curriculum }: CurriculumContent): Generator<Text> {
  const open: Place[] = [{ above: undefined, step: '', value: curriculum }];
  for (let place = open.pop(); place; place = open.pop()) {
    const above = place;
    const { value } = place;
    if (typeof value === 'string') yield { text: value, path: () => pathOf(above) };
    else if (Array.isArray(value)) for (const [step, each] of value.entries()) open.push({ above, step, value: each });
    else if (typeof value === 'object' && value !== null) {
      for (const [step, each] of Object.entries(value)) open.push({ above, step, value: each });
    }
  }
}

function pathOf({ above, step }: Place): Path {
  return above ? [...pathOf(above), step] : [];
}
