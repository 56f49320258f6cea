import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the program keeps things. */
export interface Paths {
  /** The learner's data folder. */
  readonly home: string;
  readonly store: string;
  readonly backups: string;
  /** Where the files of labs are unless a setting says otherwise. */
  readonly labs: string;
  /** The home folder of the user, for paths that begin with ~. */
  readonly userHome: string;
}

/**
 * The data folder: `--home`, then AISAFE_HOME, then the place that the operating system sets aside for such data.
 * @param userHome the user's home folder.
 */
export function dataPaths(
  env: Environment,
  cwd: string,
  userHome: string,
  chosen?: string,
  platform = process.platform,
): Paths {
  const ownChoice = chosen || env.AISAFE_HOME;
  const home = resolve(cwd, ownChoice || defaultHome(env, userHome, platform));
  // Whoever keeps data apart (a second profile, a test) wants the labs there too.
  const labs = ownChoice ? join(home, 'labs') : join(userHome, 'aisafe-labs');
  return { home, store: join(home, 'aisafe.db'), backups: join(home, 'backups'), labs, userHome };
}

function defaultHome(env: Environment, userHome: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(userHome, 'Library', 'Application Support', 'aisafe');
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(userHome, 'AppData', 'Local'), 'aisafe');
  return join(env.XDG_DATA_HOME || join(userHome, '.local', 'share'), 'aisafe');
}
