import packageJson from '../package.json' with { type: 'json' };

export const { version } = packageJson;
export const versionText = `${version}\n`;

/** The one call that needs nothing of the program but its version. */
export function asksForVersion(argv: readonly string[]): boolean {
  return argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V');
}
