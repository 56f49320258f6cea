import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { quoteWord } from '../../core/text/quote-word.js';
import { AppError } from '../../errors.js';
import { pathKind } from '../../platform/path-kind.js';
import type { EventName, MendedEvents, Store, StoreCheck } from '../../store/store.js';
import { checkChosenCurriculum, checkShippedCurriculum } from './check-curriculum.js';
import { checkSurroundings } from './check-surroundings.js';
import { repairPermissions } from './repair-permissions.js';

export interface DoctorInput {
  readonly fix: boolean;
}

export interface DoctorData {
  /** False when a check failed; warnings do not count. */
  readonly healthy: boolean;
  readonly home: string;
  readonly checks: readonly StoreCheck[];
  /** What `--fix` did, in sentences. */
  readonly fixed: readonly string[];
}

export async function doctor(context: Context, { fix }: DoctorInput): Promise<Result<DoctorData>> {
  const fixed = fix ? [...repairPermissions(context.paths)] : [];
  const spinner = context.spinner('Checking');
  try {
    const opened = await openIfThere(context);
    if (fix && opened.store) {
      const mended = opened.store.mendEvents();
      fixed.push(
        ...describeMended(mended),
        `Rebuilt progress from ${mended?.events ?? opened.store.rebuild()} events.`,
      );
    }
    const checks = [
      ...checkSurroundings(context),
      ...opened.checks,
      ...(opened.store?.check() ?? []),
      opened.store ? await checkChosenCurriculum(context) : await checkShippedCurriculum(context),
    ];
    const healthy = checks.every((check) => check.status !== 'failed');
    return { data: { healthy, home: context.paths.home, checks, fixed }, outcome: healthy ? 'ok' : 'negative' };
  } finally {
    spinner.stop();
  }
}

function describeMended(mended: MendedEvents | undefined): readonly string[] {
  if (!mended) return [];
  const name = ({ at, kind, subject }: EventName) => `${kind} of ${subject}, ${at}`;
  return [
    ...mended.putBack.map((event) => `Could not be read, and was taken from a backup: ${name(event)}.`),
    ...mended.takenOut.map((event) => `Could not be read, is in no backup, and was taken out: ${name(event)}.`),
    `The store as it was: ${mended.copy}`,
  ];
}

interface Opened {
  readonly store: Store | undefined;
  readonly checks: readonly StoreCheck[];
}

/** Opens the store unless there is none: a check must not make one. */
async function openIfThere(context: Context): Promise<Opened> {
  const { store: path } = context.paths;
  if ((await pathKind(path)) === undefined) return { store: undefined, checks: [await missingStore(context)] };
  try {
    const store = await context.store();
    const native: StoreCheck = { id: 'native-module', status: 'ok', message: 'The database module loads.' };
    return { store, checks: [native, { id: 'store', status: 'ok', message: `The store opens: ${path}` }] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const id = error.code === 'NATIVE_MODULE' ? 'native-module' : 'store';
    return { store: undefined, checks: [failedCheck(id, error)] };
  }
}

async function missingStore(context: Context): Promise<StoreCheck> {
  const { store: path } = context.paths;
  const [newest] = await context.backups();
  if (!newest)
    return {
      id: 'store',
      status: 'ok',
      message: `There is no store at ${path} yet; it is made with the first thing you do.`,
    };
  return {
    id: 'store',
    status: 'failed',
    message: `There is no store at ${path}, but there are backups of one; the newest is of ${newest.at}.`,
    hint: `aisafe restore ${quoteWord(newest.path)}`,
  };
}

function failedCheck(id: string, error: AppError): StoreCheck {
  return { id, status: 'failed', message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
}
