/** What a grader says about itself, as far as it can be read without running it. */
export interface GraderSource {
  /** Ids of the checks in the order of the file. */
  readonly checks: readonly string[];
  /** Topics that its checks name. */
  readonly hints: ReadonlySet<string>;
  /** Does it name this metric, or make up names of metrics while it runs? */
  readonly emits: (metric: string) => boolean;
}

/** Reads the decorators `@check("id", ..., hint="topic")` and the calls `lab.metric("name", ...)` of grader.py. */
export function readGrader(source: string): GraderSource {
  const code = source.replace(/^\s*#.*$/gm, '');
  const found = (pattern: RegExp) => [...code.matchAll(pattern)].map((match) => match[2] ?? '');
  const metrics = found(/\bmetric\(\s*(['"])([^'"]+)\1\s*,/g);
  // A name that is put together, or taken from a variable, may be any.
  const isOpen = [...code.matchAll(/\bmetric\(/g)].length > metrics.length;
  return {
    checks: found(/^@(?:\w+\.)?check\(\s*(['"])([^'"]+)\1/gm),
    hints: new Set(found(/\bhint\s*=\s*(['"])([^'"]+)\1/g)),
    emits: (metric) => metrics.includes(metric) || isOpen,
  };
}
