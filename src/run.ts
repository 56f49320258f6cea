/** One call of the program, from argv to exit code. No globals: the process edge and the tests both call this. */
import type { Execution } from './cli/command.js';
import { type CommandWords, type Context, createContext, type GlobalOptions, type Host } from './context.js';
import { AppError, ExitCode } from './errors.js';
import type { Output } from './platform/plain-output.js';
import { safeData, safeJson, safeText } from './ui/safe-text.js';
import { asksForVersion, version, versionText } from './version.js';

export async function run(argv: readonly string[], host: Host): Promise<ExitCode> {
  if (asksForVersion(argv)) {
    await write(host.stdout, versionText);
    return ExitCode.ok;
  }
  let context: Context | undefined;
  try {
    const [{ parseArguments }, { topicsFor }, { overview }] = await Promise.all([
      import('./cli/parse.js'),
      import('./cli/registry.js'),
      import('./commands/overview/spec.js'),
    ]);
    const columns = Math.min(host.stdout.columns ?? 80, 100);
    const invocation = parseArguments(argv, await topicsFor(argv), overview, { version, columns, env: host.env });
    if (invocation.type === 'text') {
      await write(host.stdout, invocation.text);
      return ExitCode.ok;
    }
    context = createContext(host, invocation.options, readCommandWords);
    const execution = await invocation.command.execute(context, invocation.values);
    await print(execution, context);
    await settle(context, host);
    return execution.outcome === 'negative' ? ExitCode.negative : ExitCode.ok;
  } catch (error) {
    const code = await report(error, argv, context?.options, host);
    // What was saved before the failure is backed up all the same.
    if (context) await settle(context, host);
    return code;
  } finally {
    context?.close();
  }
}

/** Ends the work of the store, which must never be lost silently, after everything was said. */
async function settle(context: Context, host: Host): Promise<void> {
  context.settle();
  for (const warning of context.warnings()) await write(host.stderr, `${safeText(warning)}\n`);
}

async function readCommandWords(): Promise<readonly CommandWords[]> {
  const [{ allTopics }, { commandWords }] = await Promise.all([import('./cli/registry.js'), import('./cli/words.js')]);
  return commandWords(await allTopics());
}

async function print(execution: Execution, context: Context): Promise<void> {
  const { host, options } = context;
  if (execution.document && !options.json) {
    for (const block of inBlocks(execution.document)) await write(host.stdout, block);
  } else if (options.json) {
    await write(host.stdout, `${safeJson({ schema: execution.schema, data: execution.data }, 2)}\n`);
  } else {
    const [{ createUi }, { releaseSpaces }] = await Promise.all([import('./ui/screen.js'), import('./ui/style.js')]);
    const ui = await createUi({
      stream: host.stdout,
      env: host.env,
      plain: options.plain,
      color: options.color,
      clock: context.clock,
    });
    const text = releaseSpaces(await execution.render(safeData, ui));
    if (text !== '') await write(host.stdout, text.endsWith('\n') ? text : `${text}\n`);
  }
  if (!options.json) for (const hint of execution.hints) await write(host.stderr, `${safeText(hint)}\n`);
}

/** A long document goes out in pieces that are worth a write each. */
function* inBlocks(parts: Iterable<string>): Generator<string> {
  const blockLength = 65_536;
  let block = '';
  for (const part of parts) {
    block += part;
    if (block.length < blockLength) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

/** Writes, and waits while the reader is slower than the writer. */
async function write(stream: Output, text: string): Promise<void> {
  if (stream.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('close', done);
  });
}

async function report(
  error: unknown,
  argv: readonly string[],
  options: GlobalOptions | undefined,
  host: Host,
): Promise<ExitCode> {
  const json = options?.json ?? wordsBeforeDoubleDash(argv).includes('--json');
  const debug = options?.debug ?? argv.includes('--debug');
  const known = error instanceof AppError ? error : undefined;
  const code = known?.code ?? 'BUG';
  const message =
    known?.message ?? `Something went wrong inside aisafe: ${error instanceof Error ? error.message : String(error)}`;
  const hint = known
    ? known.hint
    : debug
      ? undefined
      : `Run it again with --debug and report what it prints: aisafe --debug ${argv.join(' ')}`;
  if (json) {
    const body = { code, message, hint: hint ?? null, details: known?.details ?? null };
    await write(host.stdout, `${safeJson({ schema: 'aisafe.error/1', error: body }, 2)}\n`);
  } else {
    await write(host.stderr, `${safeText(message)}\n`);
    if (hint) await write(host.stderr, `${safeText(hint)}\n`);
  }
  if (debug && error instanceof Error) await write(host.stderr, `${safeText(error.stack ?? '')}\n`);
  return known?.exitCode ?? ExitCode.bug;
}

function wordsBeforeDoubleDash(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end < 0 ? argv : argv.slice(0, end);
}
