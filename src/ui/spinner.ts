/** Tells a person that something is going on: a spinner (ora) on a terminal, a line of text in plain mode, else nothing. */
export interface Spinner {
  stop(): void;
}

/** For `--json`, pipes and plain mode. */
export const silentSpinner: Spinner = { stop: () => undefined };

/** Work that ends sooner shows nothing: a spinner that flashes is noise. */
const patienceMs = 150;

export interface SpinnerOptions {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly plain: boolean;
}

export function startSpinner(text: string, { stream, plain }: SpinnerOptions): Spinner {
  if (!stream.isTTY) return silentSpinner;
  if (plain) {
    stream.write(`${text} ...\n`);
    return silentSpinner;
  }
  let stopped = false;
  let running: Spinner | undefined;
  const timer = setTimeout(async () => {
    const { default: ora } = await import('ora');
    if (stopped) return;
    running = ora({ text, stream, discardStdin: false }).start();
  }, patienceMs);
  timer.unref();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      running?.stop();
    },
  };
}
