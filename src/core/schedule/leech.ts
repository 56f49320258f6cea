/** Leeches: questions that are forgotten again and again. Asking once more does not help; rewrite, re-read or drop. */

/** Lapses that make a leech. */
const leechThreshold = 6;

/** A leech that was taken up again is reported anew after so many more. */
const furtherLapses = 3;

export function isLeech({ lapses }: { readonly lapses: number }): boolean {
  return lapses >= leechThreshold;
}

/** Is this the lapse at which the learner should be told? `lapses`: with this one. */
export function isLeechLapse(lapses: number): boolean {
  return lapses >= leechThreshold && (lapses - leechThreshold) % furtherLapses === 0;
}
