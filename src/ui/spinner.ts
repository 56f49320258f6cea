/** Tells a person that something is going on: a spinner (ora) on a terminal, a line of text in plain mode, else nothing. */
export interface Spinner {
  /** Says something else, where it can be replaced. */
  update(text: string): void;
  stop(): void;
}

/** For `--json`, pipes and plain mode. */
export const silentSpinner: Spinner = { update: () => undefined, stop: () => undefined };

/** Work that ends sooner shows nothing: a spinner that flashes is noise. */
const patienceMs = 150;

export interface SpinnerOptions {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly plain: boolean;
}

export function startSpinner(text: string, { stream, plain }: SpinnerOptions): Spinner {
  if (!stream.isTTY) return silentSpinner;
  // Some terminals say that they are 0 columns wide: ora would clear infinitely many lines.
  if (plain || stream.columns === 0) {
    stream.write(`${text} ...\n`);
    return silentSpinner;
  }
  let stopped = false;
  let words = text;
  let running: { text: string; stop(): unknown } | undefined;
  const timer = setTimeout(async () => {
    const { default: ora } = await import('ora');
    if (stopped) return;
    running = ora({ text: words, stream, discardStdin: false }).start();
  }, patienceMs);
  timer.unref();
  return {
    update: (next) => {
      words = next;
      if (running) running.text = next;
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      running?.stop();
    },
  };
}
