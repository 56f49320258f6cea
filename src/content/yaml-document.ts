import { Composer, type Document, Lexer, Parser, type YAMLError } from 'yaml';
import type { ReadingRule } from '../core/curriculum/finding.js';
import { limits } from './limits.js';
import type { YamlProblem } from './yaml-problem.js';

export interface YamlDocument {
  /** Undefined when the text was given up on. */
  readonly document?: Document;
  readonly problems: readonly YamlProblem[];
  /** Tokens that were read. */
  readonly lexemes: number;
}

type Token = Parameters<Composer['next']>[0];

/**
 * Parses one YAML 1.2 document (core schema, string keys). The text is cut into tokens first, one at a time, so that
 * what is too long or too deep is given up before anything recursive or quadratic sees it.
 * @param allowance tokens that may be read.
 */
export function parseDocument(text: string, allowance: number): YamlDocument {
  const tokens = tokenise(text, allowance);
  if (tokens.problem) return { problems: [tokens.problem], lexemes: tokens.lexemes };
  // Keys are compared by the caller: the parser compares each with every other.
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
  });
  const [document] = withoutStackTraces(() => [...composer.compose(tokens.tokens, true, text.length)]);
  if (!document) return { problems: [], lexemes: tokens.lexemes };
  const errors = firstOfEachLine(document.errors, text).map((error) => {
    const opening = tokens.openQuotes.get(error.pos[0]);
    const problem = describeError(error, 'error', text);
    return opening === undefined ? problem : { ...problem, offset: opening, message: 'this quote is never closed' };
  });
  const warnings = document.warnings
    .slice(0, limits.findings)
    .map((warning) => describeError(warning, 'warning', text));
  return { document, problems: [...errors, ...warnings], lexemes: tokens.lexemes };
}

interface Tokens {
  readonly tokens: Token[];
  readonly lexemes: number;
  /** From the end of each quoted text that is never closed to its beginning. */
  readonly openQuotes: ReadonlyMap<number, number>;
  readonly problem?: YamlProblem;
}

function tokenise(text: string, allowance: number): Tokens {
  const parser = new Parser();
  const tokens: Token[] = [];
  let lexemes = 0;
  let documents = 0;
  let isBroken = false;
  const openQuotes = new Map<number, number>();
  const giveUp = (rule: ReadingRule, message: string, offset = parser.offset): Tokens => ({
    tokens,
    lexemes,
    openQuotes,
    problem: { rule, offset, message },
  });
  const keep = (token: Token): Tokens | undefined => {
    tokens.push(token);
    isBroken ||= token.type === 'error';
    if (token.type === 'directive')
      return giveUp('yaml-documents', 'a curriculum file has no directives', token.offset);
    if (token.type === 'document') documents++;
    return documents > 1 ? giveUp('yaml-documents', 'the file holds a second document', token.offset) : undefined;
  };
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > allowance) return giveUp('too-large', 'the YAML has more parts than any real curriculum');
    for (const token of parser.next(lexeme)) {
      const problem = keep(token);
      if (problem) return problem;
    }
    if (isOpenQuote(lexeme)) openQuotes.set(parser.offset, parser.offset - lexeme.length);
    // After one of these nothing is what it seems; the rest would be an error for each word.
    if (isBroken) return { tokens, lexemes, openQuotes };
    if (parser.stack.length > limits.depth) {
      return giveUp('yaml-nesting', 'collections are nested too deeply here');
    }
  }
  for (const token of parser.end()) {
    const problem = keep(token);
    if (problem) return problem;
  }
  return { tokens, lexemes, openQuotes };
}

function isOpenQuote(lexeme: string): boolean {
  const [first] = lexeme;
  return (first === '"' || first === "'") && (lexeme.length === 1 || !lexeme.endsWith(first));
}

/** A hostile file can hold half a million errors, and the stack trace of each costs more than finding it. */
function withoutStackTraces<T>(body: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return body();
  } finally {
    Error.stackTraceLimit = before;
  }
}

const ruleOfCode: { readonly [code in YAMLError['code']]?: ReadingRule } = {
  TAG_RESOLVE_FAILED: 'yaml-tag',
  BAD_COLLECTION_TYPE: 'yaml-tag',
  MULTIPLE_TAGS: 'yaml-tag',
  NON_STRING_KEY: 'yaml-key',
  BAD_ALIAS: 'yaml-alias',
  ALIAS_PROPS: 'yaml-alias',
  MULTIPLE_DOCS: 'yaml-documents',
  RESOURCE_EXHAUSTION: 'yaml-nesting',
};

const messageOfCode: { readonly [code in YAMLError['code']]?: string } = {
  NON_STRING_KEY: 'a key is plain text, not a list, a mapping or an alias',
};

const hintOfCode: { readonly [code in YAMLError['code']]?: string } = {
  BLOCK_AS_IMPLICIT_KEY: 'Put text that holds “: ” in quotes.',
  MULTILINE_IMPLICIT_KEY: 'Check the indentation and the quotes above this line.',
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_SCALAR_START: 'Put text that begins with this character in quotes.',
};

/** One fault often breaks several rules of YAML at once: the first on a line says enough. */
function firstOfEachLine(errors: readonly YAMLError[], text: string): readonly YAMLError[] {
  const found: YAMLError[] = [];
  let lineEnd = -1;
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    if (error.pos[0] <= lineEnd) continue;
    if (found.length >= limits.findings) break;
    found.push(error);
    const end = text.indexOf('\n', error.pos[0]);
    lineEnd = end < 0 ? text.length : end;
  }
  return found;
}

function describeError(error: YAMLError, severity: 'error' | 'warning', text: string): YamlProblem {
  const line = text.slice(text.lastIndexOf('\n', error.pos[0] - 1) + 1, error.pos[0]);
  const hint = /^\s*\t/.test(line) ? hintOfCode.TAB_AS_INDENT : hintOfCode[error.code];
  const rule = ruleOfCode[error.code] ?? 'yaml-syntax';
  return {
    rule,
    offset: error.pos[0],
    message: messageOfCode[error.code] ?? error.message.slice(0, 200),
    // An unresolved tag is a warning to the parser; here it means that the value is not what the author meant.
    severity: rule === 'yaml-tag' ? 'error' : severity,
    ...(hint === undefined ? {} : { hint }),
  };
}
