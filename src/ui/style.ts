/** The only place that knows colours. Views name what a piece of text is, not how it looks. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  /** Ids and commands: what the reader may type. Never broken over two lines, so that it can be pasted. */
  readonly code: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly bad: (text: string) => string;
}

const same = (text: string) => text;

/**
 * Text that must stay on one line while paragraphs are wrapped: its spaces become no-break spaces until `releaseSpaces`
 * turns them back, just before printing.
 */
const keepTogether = (text: string) => text.replaceAll(' ', '\u00a0');

export function releaseSpaces(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

export const plainStyle: Style = {
  heading: same,
  strong: same,
  faint: same,
  code: keepTogether,
  good: same,
  warning: same,
  bad: same,
};

/** The coloured style; chalk is loaded only here, and only when colour is on. */
export async function colourStyle(): Promise<Style> {
  const { Chalk } = await import('chalk');
  // Level 1, the 16 colours of the terminal's own theme, stays readable on light and dark backgrounds.
  const chalk = new Chalk({ level: 1 });
  // Wrapped, since chalk prints every argument that it is given, and a table gives the row too.
  return {
    heading: (text) => chalk.bold(text),
    strong: (text) => chalk.bold(text),
    faint: (text) => chalk.dim(text),
    code: (text) => chalk.cyan(keepTogether(text)),
    good: (text) => chalk.green(text),
    warning: (text) => chalk.yellow(text),
    bad: (text) => chalk.red(text),
  };
}

/**
 * Should output be coloured? `--no-color`, NO_COLOR, FORCE_COLOR and TERM=dumb are honoured, in this order; otherwise
 * a terminal is coloured and a pipe is not.
 */
export function wantsColour(
  env: Readonly<Record<string, string | undefined>>,
  noColor: boolean,
  isTty: boolean,
): boolean {
  if (noColor || env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTty && env.TERM !== 'dumb';
}
