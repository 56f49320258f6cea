import type { Random } from './random.js';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const randomBits = 74n;
const lowBits = 62n;
const lowMask = (1n << lowBits) - 1n;

/**
 * The id of the next event: a UUIDv7 that sorts after the newest one. When the newest is of the same or a later
 * millisecond, its random part is counted up, so that ids keep the order of writing even while the clock stands still
 * (RFC 9562, section 6.2, "Monotonic Random").
 * @param millis milliseconds since 1970
 * @param newest the greatest id so far; ignored when it is no UUIDv7
 */
export function nextEventId(millis: number, newest: string | undefined, random: Random): string {
  if (newest !== undefined && pattern.test(newest)) {
    const { time, counter } = split(newest);
    if (time >= BigInt(millis)) return counted(time, counter + 1n);
  }
  const bytes = Buffer.from(random.bytes(10));
  const counter = BigInt(`0x${bytes.toString('hex')}`) & ((1n << randomBits) - 1n);
  return counted(BigInt(millis), counter);
}

function split(id: string): { readonly time: bigint; readonly counter: bigint } {
  const value = BigInt(`0x${id.replaceAll('-', '')}`);
  const high = (value >> 64n) & 0xfffn;
  return { time: value >> 80n, counter: (high << lowBits) | (value & lowMask) };
}

function counted(time: bigint, counter: bigint): string {
  const carry = counter >> randomBits;
  const high = (counter >> lowBits) & 0xfffn;
  const value = ((time + carry) << 80n) | (7n << 76n) | (high << 64n) | (2n << lowBits) | (counter & lowMask);
  const hex = value.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
