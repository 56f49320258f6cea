/** A blank of a cloze prompt as its author marks it: `[[1]]`. */
export interface Blank {
  readonly number: number;
  readonly mark: string;
  readonly offset: number;
}

/** The blanks of a prompt in the order of the text. */
export function blanksOf(prompt: string): readonly Blank[] {
  return [...prompt.matchAll(/\[\[(\d{1,2})\]\]/g)].map((match) => ({
    number: Number(match[1]),
    mark: match[0],
    offset: match.index,
  }));
}
