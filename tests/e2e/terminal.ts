import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { build } from 'esbuild';

const folder = 'node_modules/.cache/aisafe-terminal';

/** Builds the program beside the packages it loads; apart from dist/, which another test may be building. */
export async function buildProgram(): Promise<string> {
  const outfile = join(folder, 'dist', 'main.cjs');
  await build({
    entryPoints: ['src/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    supported: { 'dynamic-import': true },
    target: 'node20.18',
    outfile,
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'silent',
  });
  return outfile;
}

/** The program on a real pseudo-terminal, with a screen that can be read. */
export class Terminal {
  readonly #pty: IPty;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly exitCode: Promise<number>;

  constructor(command: string, argv: readonly string[], env: Readonly<Record<string, string>>, columns = 80) {
    this.#screen = new xterm.Terminal({ cols: columns, rows: 200, allowProposedApi: true, convertEol: false });
    this.#pty = spawn(command, [...argv], { cols: columns, rows: 200, env: { ...env }, cwd: process.cwd() });
    this.#pty.onData((data) => this.#screen.write(data));
    this.exitCode = new Promise((resolve) => this.#pty.onExit(({ exitCode }) => resolve(exitCode)));
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  kill(signal: string): void {
    this.#pty.kill(signal);
  }

  /** What stands on the screen, without trailing blanks. */
  text(): string {
    const { active } = this.#screen.buffer;
    const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  }

  /** Waits until the screen shows this so many times. */
  async shows(text: string, times = 1): Promise<void> {
    const deadline = Date.now() + 15_000;
    while (this.text().split(text).length <= times) {
      if (Date.now() > deadline) throw new Error(`“${text}” never came (${times}); the screen shows:\n${this.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
