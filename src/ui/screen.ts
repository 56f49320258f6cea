import { colourStyle, plainStyle, wantsColour } from './style.js';
import { asciiSymbols, unicodeSymbols } from './symbols.js';
import type { Ui } from './ui.js';

export interface ScreenOptions {
  readonly stream: { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly plain: boolean;
  readonly color: boolean;
  readonly clock: { now(): Date; readonly timeZone: string };
}

/** Long lines are hard to read: text is wrapped at this width even on a wider terminal. */
const widest = 120;

/** Finds out what the output can show. */
export async function createUi({ stream, env, plain, color, clock }: ScreenOptions): Promise<Ui> {
  const tty = stream.isTTY === true;
  const colour = wantsColour(env, !color, tty);
  const unicode = !plain && hasUnicode(env);
  const hyperlinks = tty && !plain && env.TERM !== 'dumb' && colour;
  return {
    width: tty ? Math.max(20, Math.min(widest, stream.columns || Number(env.COLUMNS) || 80)) : Number.POSITIVE_INFINITY,
    tty,
    style: colour ? await colourStyle() : plainStyle,
    symbols: unicode ? unicodeSymbols : asciiSymbols,
    now: clock.now(),
    get timeZone() {
      return clock.timeZone;
    },
    ...(tty ? await terminalLayout() : pipeLayout),
    link: hyperlinks
      ? (text, url) => `\u001b]8;;${encodeURI(decodeSafely(url))}\u001b\\${text}\u001b]8;;\u001b\\`
      : (text, url) => (text === url ? url : `${text} <${url}>`),
  };
}

type Layout = Pick<Ui, 'measure' | 'wrap'>;

/** In a pipe nothing is aligned or wrapped, so the libraries that do it are not loaded. */
const pipeLayout: Layout = { measure: (text) => text.length, wrap: (text) => text };

async function terminalLayout(): Promise<Layout> {
  const [{ default: stringWidth }, { default: wrapAnsi }] = await Promise.all([
    import('string-width'),
    import('wrap-ansi'),
  ]);
  return { measure: (text) => stringWidth(text), wrap: (text, width) => wrapAnsi(text, width, { trim: true }) };
}

function decodeSafely(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

function hasUnicode(env: ScreenOptions['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return (
    env.TERM !== 'linux' &&
    (locale === '' ? process.platform !== 'win32' || Boolean(env.WT_SESSION) : /utf-?8/i.test(locale))
  );
}
