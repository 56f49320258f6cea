/**
 * Every error a user can meet, by permanent code. Scripts match on the code, people read the message, and the hint is
 * the exact command that mends it. Anything that is not an AppError is a bug (exit 70).
 */
export const ExitCode = {
  ok: 0,
  negative: 1,
  usage: 2,
  notFound: 3,
  invalid: 4,
  store: 5,
  needsTerminal: 6,
  environment: 7,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The catalogue of error codes, each with the exit code it ends in. Codes are permanent: add, never rename. */
export const errorCatalogue = {
  USAGE: ExitCode.usage,
  UNKNOWN_COMMAND: ExitCode.usage,
  UNKNOWN_OPTION: ExitCode.usage,
  MISSING_ARGUMENT: ExitCode.usage,
  BAD_VALUE: ExitCode.usage,
  BAD_TRANSITION: ExitCode.usage,
  NOTHING_TO_UNDO: ExitCode.usage,
  NOT_TRUSTED: ExitCode.usage,
  TOO_EARLY: ExitCode.usage,
  NOT_FOUND: ExitCode.notFound,
  FILE_NOT_FOUND: ExitCode.notFound,
  CURRICULUM_INVALID: ExitCode.invalid,
  LAB_INVALID: ExitCode.invalid,
  DATA_INVALID: ExitCode.invalid,
  EVIDENCE_INVALID: ExitCode.invalid,
  STORE_LOCKED: ExitCode.store,
  STORE_NEWER: ExitCode.store,
  STORE_CORRUPT: ExitCode.store,
  STORE_UNWRITABLE: ExitCode.store,
  STORE_FULL: ExitCode.store,
  FILE_UNWRITABLE: ExitCode.store,
  NEEDS_TERMINAL: ExitCode.needsTerminal,
  NATIVE_MODULE: ExitCode.environment,
  NO_PYTHON: ExitCode.environment,
  ENVIRONMENT: ExitCode.environment,
  INTERRUPTED: ExitCode.interrupted,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof errorCatalogue;

export interface ErrorOptions {
  /** The command that mends it, ready to paste, or a short sentence that ends in one. */
  readonly hint?: string | undefined;
  /** Machine-readable particulars; plain JSON. */
  readonly details?: unknown;
  readonly cause?: unknown;
}

/** An error that the user can act on. The message says what and where; the hint says what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = options.hint;
    this.details = options.details;
  }

  get exitCode(): ExitCode {
    return errorCatalogue[this.code];
  }
}
