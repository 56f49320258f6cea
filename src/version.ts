import packageJson from '../package.json' with { type: 'json' };

/** Written by the build; not there when the sources run as they are. */
declare const __AISAFE_BUILD__: string | undefined;

export const { version } = packageJson;
export const versionText = `${version}\n`;

/** Another one for every build: what an earlier one worked out may have been worked out otherwise. */
export const build = typeof __AISAFE_BUILD__ === 'undefined' ? 'sources' : __AISAFE_BUILD__;

/** The one call that needs nothing of the program but its version. */
export function asksForVersion(argv: readonly string[]): boolean {
  return argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V');
}
