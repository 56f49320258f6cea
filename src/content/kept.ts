/** How curricula and question banks are kept in pieces, and how they are put together again as pieces are asked for. */
import type { KeptParts } from '../core/curriculum/cache.js';
import type { Curriculum, Question, QuestionBank, QuestionOutline } from '../core/curriculum/model.js';
import { presentIds } from '../core/curriculum/question-bank.js';

/** What is kept of one reading: a head that is read at once, and pieces. */
export interface Packed {
  readonly head: string;
  readonly pieces: KeptParts['pieces'];
}

/** The pieces that are kept of one version; they hold what this program wrote. */
export interface Pieces {
  read<T>(name: string): T;
  /** Those whose names begin with the prefix, in order. */
  readAll<T>(prefix: string, count: number): readonly T[];
}

/** Values whose JSON is longer than this are pieces of their own. */
const longestInHead = 2000;

export function packCurriculum(curriculum: Curriculum): Packed {
  const short: Record<string, unknown> = {};
  const pieces: [string, string][] = [];
  for (const [name, value] of Object.entries(curriculum)) {
    const json = JSON.stringify(value) ?? '';
    if (json.length > longestInHead) pieces.push([name, json]);
    else short[name] = value;
  }
  return { head: JSON.stringify({ short, pieces: pieces.map(([name]) => name) }), pieces };
}

/** The curriculum, whose lists are parsed when they are first looked at; undefined when the head is none of ours. */
export function unpackCurriculum(head: unknown, pieces: Pieces): Curriculum | undefined {
  if (!isRecord(head) || !isRecord(head.short) || !Array.isArray(head.pieces)) return undefined;
  const curriculum: object = { ...head.short };
  for (const name of head.pieces) {
    const value = lazily(() => pieces.read(String(name)));
    Object.defineProperty(curriculum, String(name), { enumerable: true, get: value });
  }
  return isCurriculum(curriculum) ? curriculum : undefined;
}

function isCurriculum(value: object): value is Curriculum {
  return ['id', 'phases', 'concepts', 'labs', 'revisions'].every((name) => name in value);
}

const questionPrefix = 'question/';

export function packQuestions({ outlines, revisions, questions }: QuestionBank): Packed {
  const whole = questions.map((question) => [questionPrefix + question.id, JSON.stringify(question)] as const);
  return {
    head: JSON.stringify({ questions: questions.length }),
    pieces: [['outlines', JSON.stringify(outlines)], ['revisions', JSON.stringify(revisions)], ...whole],
  };
}

/** The bank, of which each question is parsed when it is looked for; undefined when the head is none of ours. */
export function unpackQuestions(head: unknown, pieces: Pieces): QuestionBank | undefined {
  if (!isRecord(head) || typeof head.questions !== 'number') return undefined;
  const count = head.questions;
  const outlines = lazily(() => pieces.read<readonly QuestionOutline[]>('outlines'));
  const revisions = lazily(() => pieces.read<QuestionBank['revisions']>('revisions'));
  const questions = lazily(() => pieces.readAll<Question>(questionPrefix, count));
  const present = lazily(() => presentIds(outlines()));
  return {
    get outlines() {
      return outlines();
    },
    get revisions() {
      return revisions();
    },
    get questions() {
      return questions();
    },
    find: (name) => {
      const id = present().get(name);
      return id === undefined ? undefined : pieces.read<Question>(questionPrefix + id);
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
