/**
 * Bounds on what is read, far above any real curriculum (the shipped one has 0.5 MB). They keep a hostile folder from
 * costing more than a second or two and some hundred megabytes.
 */
export const limits = {
  fileBytes: 1024 * 1024,
  totalBytes: 4 * 1024 * 1024,
  phases: 50,
  questionFiles: 100,
  labs: 200,
  /** Entries of one folder that are looked at. */
  folderEntries: 1000,
  /** Lexical tokens over all files: time and memory of the parser go with these, not with bytes. */
  lexemes: 400_000,
  /** Collections inside collections; the format needs ten. */
  depth: 40,
  aliases: 50,
  /** Values that aliases stand for, all in all. */
  aliasedValues: 5000,
  /** Findings of one kind in one file that are listed. */
  findings: 100,
} as const;
