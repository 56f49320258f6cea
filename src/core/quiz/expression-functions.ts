/** The functions and constants of the expression language, and nothing else: an expression can reach no other name. */

export interface ExpressionFunction {
  readonly least: number;
  readonly most: number;
  /** NaN where it is not defined. */
  readonly apply: (...values: number[]) => number;
}

const unary = (apply: (value: number) => number): ExpressionFunction => ({ least: 1, most: 1, apply });
const mostArguments = 10;

export const functions: ReadonlyMap<string, ExpressionFunction> = new Map(
  Object.entries({
    abs: unary(Math.abs),
    sqrt: unary(Math.sqrt),
    exp: unary(Math.exp),
    log: unary(Math.log),
    log2: unary(Math.log2),
    log10: unary(Math.log10),
    floor: unary(Math.floor),
    ceil: unary(Math.ceil),
    round: unary(roundHalfAway),
    sin: unary(Math.sin),
    cos: unary(Math.cos),
    tanh: unary(Math.tanh),
    factorial: unary(factorial),
    min: { least: 2, most: mostArguments, apply: Math.min },
    max: { least: 2, most: mostArguments, apply: Math.max },
    choose: { least: 2, most: 2, apply: choose },
  }),
);

export const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

/** Halves go away from zero, as learners round by hand; Math.round takes them up. */
function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

/** Beyond 170 the result is larger than any number. */
const largestFactorial = 170;

function factorial(n: number): number {
  if (!Number.isInteger(n) || n < 0 || n > largestFactorial) return Number.NaN;
  let product = 1;
  for (let factor = 2; factor <= n; factor++) product *= factor;
  return product;
}

/** Steps that a binomial coefficient may take, so that no expression takes long. */
const mostSteps = 1000;

function choose(n: number, k: number): number {
  if (!Number.isInteger(n) || !Number.isInteger(k) || n < 0 || k < 0) return Number.NaN;
  if (k > n) return 0;
  const steps = Math.min(k, n - k);
  if (steps > mostSteps) return Number.NaN;
  let result = 1;
  for (let step = 1; step <= steps; step++) result = (result * (n - steps + step)) / step;
  return result > Number.MAX_SAFE_INTEGER ? result : Math.round(result);
}
