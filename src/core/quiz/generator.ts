/** Repeatable chance: the same seed gives the same draws for ever, since attempts are shown again by their seed. */
export interface Generator {
  /** Uniform, from 0 up to but not 1. */
  next(): number;
  /** Uniform whole number from 0 to `count` - 1. */
  below(count: number): number;
}

/**
 * sfc32 (Chris Doty-Humphrey's Small Fast Counting generator, from PractRand) started from a 128-bit hash of the seed.
 * Not for secrets.
 */
export function createGenerator(seed: string): Generator {
  let [a, b, c, counter] = hash128(seed);
  const nextInt = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) nextInt();
  const next = () => nextInt() / 2 ** 32;
  return { next, below: (count) => Math.floor(next() * count) };
}

/** A shuffle of the numbers 0 to `count` - 1 (Fisher and Yates). */
export function shuffledIndices(count: number, generator: Generator): readonly number[] {
  const indices = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = generator.below(last + 1);
    const kept = indices[last] ?? 0;
    indices[last] = indices[other] ?? 0;
    indices[other] = kept;
  }
  return indices;
}

/** Four FNV-1a-like hashes side by side, mixed at the end with the finaliser of MurmurHash3. */
function hash128(text: string): [number, number, number, number] {
  const state: [number, number, number, number] = [0x811c9dc5, 0x9e3779b9, 0x243f6a88, 0xb7e15162];
  const primes = [0x01000193, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    for (const lane of [0, 1, 2, 3] as const) state[lane] = Math.imul(state[lane] ^ code, primes[lane]);
    state[0] ^= state[3] >>> 15;
  }
  for (const lane of [0, 1, 2, 3] as const) {
    let mixed = state[lane] ^ (state[(lane + 1) & 3] ?? 0);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    state[lane] = mixed ^ (mixed >>> 16);
  }
  return state;
}
