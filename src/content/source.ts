import type { Position } from '../core/curriculum/finding.js';

/** One file of a curriculum folder, read whole. */
export interface SourceFile {
  /** Relative to the folder, with forward slashes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A way from offsets in a text to lines and columns. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const end = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= end) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: end - (starts[low] ?? 0) + 1 };
  };
}
