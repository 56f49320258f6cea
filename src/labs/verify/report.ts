/** What verifying a lab package found out. */

/** The gates in their order: what each holds the package to stands in the authors' guide. */
export const gates = ['metadata', 'starter', 'solution', 'mutants', 'coverage', 'fuzz'] as const;

export type Gate = (typeof gates)[number];

export interface VerifyFinding {
  readonly gate: Gate;
  readonly message: string;
}

export interface LabReport {
  readonly id: string;
  /** How many checks the grader declares. */
  readonly checks: number;
  readonly mutantsCaught: number;
  readonly mutants: number;
  /** Seeds on which the solution was run. */
  readonly seeds: number;
  /** Wrong return values that were tried. */
  readonly fuzz: number;
  readonly seconds: number;
  /** The check that took the largest share of its time limit on the solution. */
  readonly slowestCheck: {
    readonly id: string;
    readonly ms: number;
    /** Its limit in seconds. */
    readonly timeout: number;
  } | null;
  /** Empty: the package is good. */
  readonly findings: readonly VerifyFinding[];
  /** What could not be looked at, in words; no finding. */
  readonly notes: readonly string[];
  /** Taken over from an earlier run on the same content. */
  readonly isCached: boolean;
}
