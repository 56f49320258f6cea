/**
 * The numbers that scheduling goes by. They are written out here, and stored with each review, so that a new version of
 * ts-fsrs cannot change an interval silently; a test compares them with those of the installed one.
 */

/** Version of ts-fsrs that the numbers belong to. */
export const fsrsVersion = '5.4.2';

/** FSRS-6 as trained on the reviews of some ten thousand Anki users: w0 to w20. */
export const defaultParameters: readonly number[] = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483,
  0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/** Days: nothing is put off for more than five years. */
export const longestInterval = 1825;

/** The probability of recall at which a card comes back. */
export const retentionRange = { least: 0.7, most: 0.97, preset: 0.9 } as const;
