/** Which lines two texts share: the longest common subsequence, told as a list of lines. */
export interface DiffLine {
  /** `left`: only in the first text; `right`: only in the second. */
  readonly side: 'both' | 'left' | 'right';
  readonly text: string;
  /** Number of the line in the first text, from 1; null when it is not there. */
  readonly left: number | null;
  readonly right: number | null;
}

/** Beyond this the table would take hundreds of megabytes: no exercise is so long. */
const mostLines = 4000;

/** @returns undefined when a text is too long to compare. */
export function diffLines(first: string, second: string): readonly DiffLine[] | undefined {
  const [a, b] = [linesOf(first), linesOf(second)];
  if (a.length > mostLines || b.length > mostLines) return undefined;
  const width = b.length + 1;
  // lengths[i * width + j]: longest common subsequence of a from i on and b from j on.
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) lines.push({ side: 'both', text: left, left: ++i, right: ++j });
    else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1)))
      lines.push({ side: 'left', text: left, left: ++i, right: null });
    else lines.push({ side: 'right', text: right ?? '', left: null, right: ++j });
  }
  return lines;
}

/** Only what differs, with some lines around it: each group is a list of neighbouring lines. */
export function diffGroups(lines: readonly DiffLine[], around: number): readonly (readonly DiffLine[])[] {
  const groups: DiffLine[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  const changed = lines.flatMap(({ side }, index) => (side === 'both' ? [] : [index]));
  const isNear = (index: number) => changed.some((each) => Math.abs(each - index) <= around);
  for (const [index, line] of lines.entries()) {
    if (!isNear(index)) continue;
    if (index !== last + 1) groups.push([]);
    groups.at(-1)?.push(line);
    last = index;
  }
  return groups;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
