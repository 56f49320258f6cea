/** What verifying a lab package found out, and the form in which good results are remembered. */
import * as v from 'valibot';

/** The gates in their order: what each holds the package to stands in the authors' guide. */
export const gates = ['metadata', 'starter', 'solution', 'mutants', 'coverage', 'fuzz'] as const;

export type Gate = (typeof gates)[number];

export interface VerifyFinding {
  readonly gate: Gate;
  readonly message: string;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const figures = {
  id: v.string(),
  /** How many checks the grader declares. */
  checks: count,
  mutantsCaught: count,
  mutants: count,
  /** Seeds on which the solution was run. */
  seeds: count,
  /** Wrong return values that were tried. */
  fuzz: count,
  seconds: v.number(),
  /** The check that took the largest share of its time limit on the solution; the limit in seconds. */
  slowestCheck: v.nullable(v.object({ id: v.string(), ms: v.number(), timeout: v.number() })),
};

const FiguresSchema = v.object(figures);

/** The numbers of a report. */
export type VerifyFigures = v.InferOutput<typeof FiguresSchema>;

export interface LabReport extends Readonly<VerifyFigures> {
  /** Empty: the package is good. */
  readonly findings: readonly VerifyFinding[];
  /** What could not be looked at, in words; no finding. */
  readonly notes: readonly string[];
  /** Taken over from an earlier run on the same content. */
  readonly isCached: boolean;
}

const GoodResultsSchema = v.object({
  version: v.literal(1),
  /** By lab: the hash of everything the result rests on, and the figures. */
  good: v.record(v.string(), v.object({ hash: v.string(), figures: FiguresSchema })),
});

export type GoodResults = v.InferOutput<typeof GoodResultsSchema>['good'];

/** What a cache file holds; nothing when it is not ours or damaged. */
export function readGoodResults(json: string): GoodResults {
  try {
    const result = v.safeParse(GoodResultsSchema, JSON.parse(json));
    return result.success ? result.output.good : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

export function writeGoodResults(good: GoodResults): string {
  return `${JSON.stringify({ version: 1, good }, null, 1)}\n`;
}
