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
  const metrics = new Set(found(/\bmetric\(\s*(['"])([^'"]+)\1/g));
  // A name that is a variable, or a text that something is done to before it is one.
  const isOpen = /\bmetric\(\s*(?:(?!['"])|(['"])[^'"]*\1\s*[^,\s])/.test(code);
  return {
    checks: found(/^@(?:\w+\.)?check\(\s*(['"])([^'"]+)\1/gm),
    hints: new Set(found(/\bhint\s*=\s*(['"])([^'"]+)\1/g)),
    emits: (metric) => metrics.has(metric) || isOpen,
  };
}
