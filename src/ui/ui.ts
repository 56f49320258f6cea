/** What a view knows of the screen. A pure value: views take it and return text. */
import type { Style } from './style.js';
import type { Symbols } from './symbols.js';

export interface Ui {
  /** Columns to wrap at; Infinity when the output is not a terminal, where nothing is wrapped or cut. */
  readonly width: number;
  /** Is the output a terminal that a person looks at? Decides relative times and links. */
  readonly tty: boolean;
  readonly style: Style;
  readonly symbols: Symbols;
  readonly now: Date;
  readonly timeZone: string;
  /** Terminal columns that a text takes, escape sequences left out. */
  readonly measure: (text: string) => number;
  /** Breaks lines at words so that none is wider than `width` columns. */
  readonly wrap: (text: string, width: number) => string;
  /** `text` as a link to `url` where the terminal can, else the text followed by the URL. */
  readonly link: (text: string, url: string) => string;
}
