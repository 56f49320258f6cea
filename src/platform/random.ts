/** The only source of chance. `AISAFE_SEED` makes it repeatable, for scripts and tests. */
export interface Random {
  /** `count` uniformly random bytes. */
  bytes(count: number): Uint8Array;
}

export function systemRandom(): Random {
  return { bytes: (count) => globalThis.crypto.getRandomValues(new Uint8Array(count)) };
}

/**
 * Repeatable chance from a seed: mulberry32 (Tommy Ettinger's 32-bit generator) over an FNV-1a hash of the seed. Good
 * enough for shuffles and ids in tests, not for secrets.
 */
export function seededRandom(seed: string): Random {
  let state = fnv1a(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff) };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
