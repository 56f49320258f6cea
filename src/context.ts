/** Everything a command may reach outside itself. Expensive things are functions, made when first asked for. */
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CurriculumReading } from './content/read.js';
import type { CurriculumCache } from './core/curriculum/cache.js';
import type { Curriculum, Mutant, QuestionBank } from './core/curriculum/model.js';
import { addedCurricula, folderAnywhere, folderHere } from './core/progress/progress.js';
import type { CurriculumTexts } from './core/search/entries.js';
import { settingValue } from './core/settings/settings.js';
import { quoteWord } from './core/text/quote-word.js';
import { AppError } from './errors.js';
import { type Clock, createClock } from './platform/clock.js';
import { dataPaths, type Paths } from './platform/paths.js';
import type { Output } from './platform/plain-output.js';
import { type Random, seededRandom, systemRandom } from './platform/random.js';
import type { RestoreReport } from './store/restore.js';
import type { Backup, Store } from './store/store.js';
import type { Prompter } from './ui/prompter.js';
import { type Spinner, silentSpinner, startSpinner } from './ui/spinner.js';

/** The process as the program sees it; tests make their own. */
export interface Host {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Takes the place of the terminal prompter. */
  readonly prompter?: Prompter;
  /** IANA name; takes the place of the system's time zone. */
  readonly timeZone?: string;
  /** Takes the place of the browser. */
  readonly openUrl?: (url: string) => Promise<boolean>;
  /** Has Ctrl-C call the listener, once, instead of ending the process; returns the way back. */
  readonly onInterrupt?: (listener: () => void) => () => void;
}

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json: boolean;
  readonly plain: boolean;
  /** False with `--no-color`. */
  readonly color: boolean;
  /** False with `--no-input`. */
  readonly input: boolean;
  readonly home?: string;
  readonly curriculum?: string;
  readonly debug: boolean;
}

/** One word of the command line and what may follow it. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CommandWords[];
  readonly options: readonly { readonly flag: string; readonly summary: string }[];
  readonly takesArguments: boolean;
}

export interface Context {
  readonly host: Host;
  /** The command line itself, for shell completion. */
  commands(): Promise<readonly CommandWords[]>;
  readonly options: GlobalOptions;
  readonly env: Host['env'];
  readonly cwd: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly paths: Paths;
  /** Folder of the curriculum that comes with the program. */
  readonly shippedCurriculum: string;
  /** May a question be asked? */
  readonly interactive: boolean;
  /** The learner's study day, YYYY-MM-DD. */
  today(): string;
  store(): Promise<Store>;
  /** Backups in the backup folder, newest first; told also when the store itself cannot be opened. */
  backups(): Promise<readonly Backup[]>;
  /** Puts a backup in the place of the store. For a call that has not opened the store. */
  restoreStore(from: string): Promise<RestoreReport>;
  /** The curriculum in use: `--curriculum ID`, else the `curriculum` setting, else the shipped one. */
  curriculum(): Promise<Curriculum>;
  /** The questions of the curriculum in use. */
  questions(): Promise<QuestionBank>;
  /** What a search in the curriculum in use needs. */
  texts(): Promise<CurriculumTexts>;
  /** Folder of the curriculum in use, readable or not. */
  curriculumFolder(): Promise<string>;
  /**
   * The known wrong solutions of a lab of the curriculum in use.
   * @throws AppError LAB_INVALID when its mutants.yaml cannot be read.
   */
  labMutants(lab: string): Promise<readonly Mutant[]>;
  /** Runs something that Ctrl-C calls off instead of ending the process; a second Ctrl-C ends it. */
  interruptible<T>(body: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Reads and checks any folder, with all findings. */
  readCurriculum(folder: string): Promise<CurriculumReading>;
  /** Writes the example curriculum into a new folder; returns the files, relative to it. */
  newCurriculum(folder: string): Promise<readonly string[]>;
  /**
   * The way to ask a person.
   * @param instead the option or argument that answers without a terminal, for the message of NEEDS_TERMINAL.
   */
  prompter(instead: string): Promise<Prompter>;
  /** Words for a person while a command runs; nothing with `--json`. */
  say(text: string): void;
  spinner(text: string): Spinner;
  openUrl(url: string): Promise<boolean>;
  /** What went wrong beside the command without stopping it: an automatic backup that failed, say. */
  warnings(): readonly string[];
  /** Size and times of the files of curricula that were looked at, by folder. */
  readonly seenFiles: Map<string, string>;
  /** What is left to do when the command has said what it had to say; before `warnings()`. */
  settle(): void;
  close(): void;
}

export function createContext(
  host: Host,
  options: GlobalOptions,
  commands: () => Promise<readonly CommandWords[]>,
): Context {
  const { env, cwd } = host;
  const clock = chooseClock(host);
  const random = env.AISAFE_SEED ? seededRandom(env.AISAFE_SEED) : systemRandom();
  const paths = dataPaths(env, cwd, homedir(), options.home);
  const shippedCurriculum = join(dirname(dirname(fileURLToPath(import.meta.url))), 'curriculum');
  const isInteractive = () =>
    host.prompter !== undefined || (options.input && !options.json && Boolean(host.stdin.isTTY && host.stderr.isTTY));
  const plain = options.plain;
  let openedStore: Store | undefined;
  let readCurriculum: Promise<Curriculum> | undefined;
  let readQuestions: Promise<QuestionBank> | undefined;

  const context: Context = {
    host,
    options,
    commands,
    env,
    cwd,
    clock,
    random,
    paths,
    shippedCurriculum,
    get interactive() {
      return isInteractive();
    },
    today: () => clock.studyDay(clock.now()),
    store: async () => {
      const { openStore } = await import('./store/open.js');
      openedStore ??= openStore({ path: paths.store, backupFolder: paths.backups, clock, random });
      return openedStore;
    },
    backups: async () => {
      const { listBackups } = await import('./store/backup.js');
      return listBackups(paths.backups);
    },
    restoreStore: async (from) => {
      const { restoreStore } = await import('./store/restore.js');
      return restoreStore({ from, path: paths.store, backupFolder: paths.backups, clock });
    },
    curriculum: () => {
      readCurriculum ??= chooseCurriculum(context);
      return readCurriculum;
    },
    questions: () => {
      readQuestions ??= chooseQuestions(context);
      return readQuestions;
    },
    texts: async () => {
      const { loadTexts } = await import('./content/load.js');
      return loadTexts(await context.curriculum(), await readingPlace(context));
    },
    curriculumFolder: () => curriculumFolder(context),
    labMutants: async (lab) => {
      const { readMutants } = await import('./content/read-mutants.js');
      return readMutants(await curriculumFolder(context), lab);
    },
    interruptible: async (body) => {
      const stop = new AbortController();
      const restore = host.onInterrupt?.(() => stop.abort());
      try {
        return await body(stop.signal);
      } finally {
        restore?.();
      }
    },
    readCurriculum: async (folder) => {
      const { readCurriculum } = await import('./content/read.js');
      return readCurriculum(folder);
    },
    newCurriculum: async (folder) => {
      const { newCurriculum } = await import('./content/new.js');
      return newCurriculum(folder, join(shippedCurriculum, 'schema'));
    },
    prompter: async (instead) => {
      if (host.prompter) return host.prompter;
      if (!isInteractive()) {
        throw new AppError('NEEDS_TERMINAL', 'This asks questions, and there is no terminal to ask them on.', {
          hint: `Give the answers on the command line: ${instead}`,
        });
      }
      const { terminalPrompter } = await import('./ui/prompter.js');
      return terminalPrompter({ input: host.stdin, output: host.stderr }, plain);
    },
    say: (text) => {
      if (!options.json) host.stderr.write(`${text}\n`);
    },
    spinner: (text) => (options.json ? silentSpinner : startSpinner(text, { stream: host.stderr, plain })),
    openUrl: async (url) => {
      if (host.openUrl) return host.openUrl(url);
      const { openUrl } = await import('./platform/open-url.js');
      return openUrl(url, env);
    },
    warnings: () => openedStore?.warnings ?? [],
    seenFiles: new Map(),
    settle: () => openedStore?.settle(),
    close: () => openedStore?.close(),
  };
  return context;
}

async function curriculumFolder(context: Context): Promise<string> {
  const store = await context.store();
  const { setting, curriculum } = store.progress();
  const id = context.options.curriculum ?? settingValue(setting, 'curriculum');
  if (id === 'aisafe') return context.shippedCurriculum;
  const added = curriculum.get(id);
  const folder = folderHere(added, store.device);
  if (folder !== undefined) return folder;
  const elsewhere = folderAnywhere(added);
  if (elsewhere !== undefined) {
    throw new AppError('NOT_FOUND', `The curriculum “${id}” was added on another computer, from ${elsewhere}.`, {
      hint: `aisafe curriculum add ${quoteWord(elsewhere)}`,
    });
  }
  const known = ['aisafe', ...addedCurricula(store.progress())];
  throw new AppError('NOT_FOUND', `There is no curriculum “${id}” here. Known: ${known.join(', ')}.`, {
    hint: context.options.curriculum === undefined ? 'aisafe config unset curriculum' : 'aisafe curriculum list',
    details: { known },
  });
}

async function chooseCurriculum(context: Context): Promise<Curriculum> {
  const { loadCurriculum } = await import('./content/load.js');
  return loadCurriculum(await readingPlace(context));
}

async function chooseQuestions(context: Context): Promise<QuestionBank> {
  const { loadQuestions } = await import('./content/load.js');
  return loadQuestions(await readingPlace(context));
}

/** Where the curriculum in use is read from, and where what was read is kept. */
async function readingPlace(context: Context) {
  const [folder, store] = await Promise.all([context.curriculumFolder(), context.store()]);
  return {
    folder,
    seen: context.seenFiles,
    cache: {
      ...store.curriculumCache,
      // The cache only saves time: a store that cannot be written now must not keep a learner from reading.
      write: (...kept: Parameters<CurriculumCache['write']>) => attempt(() => store.curriculumCache.write(...kept)),
      forget: (key: string) => attempt(() => store.curriculumCache.forget(key)),
    },
  };
}

function attempt(body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

function chooseClock({ env, timeZone }: Host): Clock {
  if (!env.AISAFE_NOW) return createClock({ timeZone });
  const at = new Date(env.AISAFE_NOW);
  if (Number.isNaN(at.getTime())) {
    throw new AppError('BAD_VALUE', `AISAFE_NOW is “${env.AISAFE_NOW}”, which is not an ISO 8601 time.`, {
      hint: 'AISAFE_NOW=2026-11-23T18:00:00Z aisafe next',
    });
  }
  return createClock({ at, timeZone });
}
