/** Checks again after every save, with keys for what one wants meanwhile. A pass stops and waits. */
import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { watchFiles } from '../../labs/watch-files.js';
import { openKeys } from '../../ui/key-stream.js';
import { readsKeys } from '../../ui/read-key.js';
import { safeData, safeText } from '../../ui/safe-text.js';
import { paragraph } from '../../ui/text.js';
import { tell } from '../tell.js';
import { viewLabCheck } from './check.view.js';
import type { LabCheckData } from './check-data.js';
import { checkOnce, refreshed } from './check-once.js';
import { diff } from './diff.js';
import { viewDiff } from './diff.view.js';
import { hint } from './hint.js';
import { viewHint } from './hint.view.js';
import { findPlace, type LabPlace, startedFolder } from './place.js';
import { drawSeed } from './run-checks.js';
import { assureTrust } from './trust.js';

export interface WatchInput {
  readonly id: string | undefined;
  readonly only: readonly string[] | undefined;
  readonly seed: number | undefined;
  readonly trust: boolean;
}

type Signal = { readonly type: 'key'; readonly key: string } | { readonly type: 'saved' };

/** What is known between two runs. */
interface Watching {
  readonly context: Context;
  place: LabPlace;
  only: readonly string[] | undefined;
  seed: number | undefined;
  last: LabCheckData | undefined;
  /** How changes are noticed, for the last line. */
  how: string;
}

/** @throws AppError NEEDS_TERMINAL without a terminal; INTERRUPTED on Ctrl-C. */
export async function watch(context: Context, input: WatchInput): Promise<Result<LabCheckData>> {
  const place = await findPlace(context, input.id, 'aisafe lab watch');
  const folder = startedFolder(place);
  const { stdin } = context.host;
  if (!context.interactive || !readsKeys(stdin)) {
    throw new AppError('NEEDS_TERMINAL', 'Watching needs a terminal.', { hint: `aisafe lab check ${place.lab.id}` });
  }
  await assureTrust(context, place, input.trust);
  const watching: Watching = { context, place, only: input.only, seed: input.seed, last: undefined, how: '' };
  const signals = createQueue();
  const files = watchFiles({
    folder,
    names: [place.lab.file, ...(place.lab.files ?? [])],
    onChange: () => signals.push({ type: 'saved' }),
    onPolling: (reason) => {
      watching.how = `Changes are not reported here (${reason}), so the file is looked at every second.`;
    },
    poll: context.env.AISAFE_POLL === '1',
  });
  const keys = openKeys(stdin, (key) => signals.push({ type: 'key', key }));
  try {
    for (;;) {
      await runOnce(watching, signals);
      if ((await waitForMove(watching, signals)) === 'quit') break;
    }
  } finally {
    keys.close();
    files.close();
  }
  const { last } = watching;
  if (!last) throw new AppError('INTERRUPTED', 'Stopped before a run came to an end.');
  return { data: last, outcome: last.verdict === 'passed' ? 'ok' : 'negative', document: [] };
}

/** A run, called off by Ctrl-C and begun anew by a save. */
async function runOnce(watching: Watching, signals: Queue): Promise<void> {
  const { context } = watching;
  for (;;) {
    const stop = new AbortController();
    let cause: 'saved' | 'interrupted' | undefined;
    signals.during((signal) => {
      if (signal.type === 'saved') cause ??= 'saved';
      else if (signal.key === 'ctrl-c') cause = 'interrupted';
      if (cause) stop.abort();
    });
    clear(context);
    const spinner = context.spinner(`Checking ${watching.place.lab.id}`);
    try {
      const { place, only, seed } = watching;
      watching.last = await checkOnce(context, place, { only, seed, signal: stop.signal });
      watching.place = await refreshed(context, place);
      spinner.stop();
      await report(watching, watching.last);
      return;
    } catch (error) {
      spinner.stop();
      if (!(error instanceof AppError)) throw error;
      if (cause === 'interrupted' || (error.code === 'INTERRUPTED' && cause !== 'saved')) throw error;
      if (cause === 'saved') continue;
      if (error.code === 'NO_PYTHON') throw error;
      await tell(context, (ui) => paragraph(ui, ui.style.bad(safeText(error.message))));
      return;
    } finally {
      signals.during(undefined);
    }
  }
}

async function report({ context }: Watching, data: LabCheckData): Promise<void> {
  await tell(context, (ui) => viewLabCheck(safeData(data), ui));
}

/** Waits for a save or a key that asks for another run. */
async function waitForMove(watching: Watching, signals: Queue): Promise<'again' | 'quit'> {
  const { context } = watching;
  let asksForLastHint = false;
  await showBar(watching);
  for (;;) {
    const signal = await signals.next();
    const isPassed = watching.last?.verdict === 'passed';
    // A pass stops: whoever wants to go on says so.
    if (signal.type === 'saved') {
      if (isPassed) continue;
      return 'again';
    }
    switch (signal.key) {
      case 'ctrl-c':
        throw new AppError('INTERRUPTED', 'Stopped. Everything checked so far is kept.');
      case 'q':
        return 'quit';
      case 'enter':
      case 'r':
        return 'again';
      case 'a':
        watching.only = undefined;
        return 'again';
      case 'o':
        if (!watching.last?.first) break;
        watching.only = [watching.last.first];
        return 'again';
      case 'n':
        watching.seed = drawSeed(context);
        return 'again';
      case 'h':
      case 'y':
        if (isPassed || (signal.key === 'y' && !asksForLastHint)) break;
        asksForLastHint = await showHint(watching, signal.key === 'y');
        break;
      case 'd':
        if (!isPassed) break;
        await showDiff(watching);
        break;
    }
  }
}

/** @returns whether the last hint waits for a yes. */
async function showHint(watching: Watching, yes: boolean): Promise<boolean> {
  const { context, place } = watching;
  const topic = place.state?.last?.topic;
  const steps = topic == null ? undefined : place.lab.hints[topic];
  const isLast = topic != null && steps !== undefined && (place.state?.hints[topic] ?? 0) === steps.length - 1;
  if (isLast && !yes) {
    await tell(context, (ui) => paragraph(ui, `The last hint on “${topic}” is almost the answer. To see it: y`));
    return true;
  }
  const { data } = await hint(context, { id: place.lab.id, topic: undefined, yes: true });
  watching.place = await refreshed(context, place);
  await tell(context, (ui) => viewHint(safeData(data), ui));
  return false;
}

async function showDiff({ context, place }: Watching): Promise<void> {
  const { data } = await diff(context, { id: place.lab.id });
  await tell(context, (ui) => viewDiff(safeData(data), ui));
}

async function showBar(watching: Watching): Promise<void> {
  const { context, last, only, how, place } = watching;
  const keys =
    last?.verdict === 'passed'
      ? 'd compare with the solution, Enter check again, q stop'
      : ['Enter check again', 'h hint', only ? 'a all checks' : 'o only the red one', 'n other numbers', 'q stop'].join(
          ', ',
        );
  const words = last?.verdict === 'passed' ? 'Passed: nothing runs until you say so.' : `Watching ${place.lab.file}.`;
  await tell(context, (ui) => `\n${paragraph(ui, `${words} ${how}`.trim())}\n${paragraph(ui, `[${keys}]`)}`);
}

function clear({ host, options }: Context): void {
  if (!options.plain) host.stderr.write('\u001b[H\u001b[2J');
}

interface Queue {
  push(signal: Signal): void;
  next(): Promise<Signal>;
  /** While this is set, it gets the signals at once and nothing is kept. */
  during(listener: ((signal: Signal) => void) | undefined): void;
}

function createQueue(): Queue {
  const waiting: Signal[] = [];
  let wake: ((signal: Signal) => void) | undefined;
  let listener: ((signal: Signal) => void) | undefined;
  return {
    push: (signal) => {
      if (listener) listener(signal);
      else if (wake) {
        const resolve = wake;
        wake = undefined;
        resolve(signal);
      } else waiting.push(signal);
    },
    next: () => {
      const first = waiting.shift();
      return first
        ? Promise.resolve(first)
        : new Promise((resolve) => {
            wake = resolve;
          });
    },
    during: (next) => {
      listener = next;
    },
  };
}
