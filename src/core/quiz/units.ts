/** Units in which a number can be asked for, with what people write for them and how they convert. */
import { normaliseText } from './normalise-text.js';

interface Unit {
  /** Units of one dimension convert into each other. */
  readonly dimension: string;
  /** How many of the dimension's base unit it is. */
  readonly factor: number;
  /** As written: compared with case first, since MB and Mb differ. */
  readonly names: readonly string[];
}

const unit = (dimension: string, factor: number, ...names: readonly string[]): Unit => ({ dimension, factor, names });

const units: readonly Unit[] = [
  unit('share', 0.01, '%', 'per cent', 'percent', 'pct'),
  unit('points', 1, 'percentage points', 'percentage point', 'pp', 'points', '%'),
  unit('time', 1e-6, 'µs', 'us', 'microseconds', 'microsecond'),
  unit('time', 1e-3, 'ms', 'milliseconds', 'millisecond'),
  unit('time', 1, 's', 'sec', 'secs', 'seconds', 'second'),
  unit('time', 60, 'min', 'mins', 'minutes', 'minute'),
  unit('time', 3600, 'h', 'hr', 'hrs', 'hours', 'hour'),
  unit('time', 86_400, 'd', 'days', 'day'),
  unit('rate', 1, 'per second', '/s', '1/s'),
  unit('rate', 1 / 60, 'per minute', '/min'),
  unit('rate', 1 / 3600, 'per hour', '/h', '/hour', '/hr'),
  unit('rate', 1 / 86_400, 'per day', '/d', '/day'),
  unit('data', 1, 'B', 'bytes', 'byte'),
  unit('data', 1e3, 'kB', 'KB', 'kilobytes', 'kilobyte'),
  unit('data', 1e6, 'MB', 'megabytes', 'megabyte'),
  unit('data', 1e9, 'GB', 'gigabytes', 'gigabyte'),
  unit('data', 1e12, 'TB', 'terabytes', 'terabyte'),
  unit('data', 1024, 'KiB', 'kibibytes'),
  unit('data', 1024 ** 2, 'MiB', 'mebibytes'),
  unit('data', 1024 ** 3, 'GiB', 'gibibytes'),
  unit('data', 1024 ** 4, 'TiB', 'tebibytes'),
  unit('information', 1, 'nats', 'nat'),
  unit('information', Math.LN2, 'bits', 'bit'),
  unit('degrees', 1, '°', 'degrees', 'degree', 'deg'),
];

/**
 * The factor that turns a value in the typed unit into the wanted one; undefined when it cannot.
 * @param wanted null: a plain number is wanted, and a per cent sign means hundredths.
 */
export function conversionFactor(typed: string, wanted: string | null): number | undefined {
  if (wanted === null) return findUnits(typed).find(({ dimension }) => dimension === 'share')?.factor;
  if (isSameWord(typed, wanted)) return 1;
  for (const to of findUnits(wanted)) {
    for (const from of findUnits(typed)) if (from.dimension === to.dimension) return from.factor / to.factor;
  }
  return undefined;
}

function findUnits(text: string): readonly Unit[] {
  const exact = units.filter(({ names }) => names.includes(text.trim()));
  if (exact.length > 0) return exact;
  const normal = normaliseText(text);
  return units.filter(({ names }) => names.some((name) => normaliseText(name) === normal));
}

/** Singular and plural are the same word. */
function isSameWord(one: string, other: string): boolean {
  const stem = (text: string) => normaliseText(text).replace(/s$/, '');
  return stem(one) === stem(other);
}
