/** Signs that stand beside words, never instead of them. */
export interface Symbols {
  readonly open: string;
  readonly started: string;
  readonly done: string;
  readonly skipped: string;
  readonly deferred: string;
  readonly waived: string;
  readonly failed: string;
  readonly bullet: string;
  readonly arrow: string;
  readonly full: string;
  readonly empty: string;
  readonly dash: string;
  readonly ellipsis: string;
}

export const unicodeSymbols: Symbols = {
  open: '○',
  started: '◐',
  done: '●',
  skipped: '⊘',
  deferred: '◷',
  waived: '◌',
  failed: '✗',
  bullet: '·',
  arrow: '→',
  full: '█',
  empty: '░',
  dash: '–',
  ellipsis: '…',
};

/** For `--plain`, ACCESSIBLE=1 and terminals without UTF-8. */
export const asciiSymbols: Symbols = {
  open: '[ ]',
  started: '[~]',
  done: '[x]',
  skipped: '[-]',
  deferred: '[>]',
  waived: '[=]',
  failed: '[!]',
  bullet: '-',
  arrow: '->',
  full: '#',
  empty: '.',
  dash: '-',
  ellipsis: '...',
};
