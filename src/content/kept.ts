/** How curricula, question banks and the texts for searching are kept in pieces, and how they are put together again as pieces are asked for. */
import type { KeptParts } from '../core/curriculum/cache.js';
import type { Curriculum, Question, QuestionBank, QuestionOutline } from '../core/curriculum/model.js';
import { presentIds } from '../core/curriculum/question-bank.js';
import { lazily } from '../core/lazily.js';
import type { CurriculumTexts, FindableEntry } from '../core/search/entries.js';
import type { SearchIndex } from '../core/search/search-index.js';

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

export function packQuestions({ revision, outlines, revisions, questions }: QuestionBank): Packed {
  const whole = questions.map((question) => [questionPrefix + question.id, JSON.stringify(question)] as const);
  return {
    head: JSON.stringify({ questions: questions.length, revision }),
    pieces: [['outlines', JSON.stringify(outlines)], ['revisions', JSON.stringify(revisions)], ...whole],
  };
}

/** The bank, of which each question is parsed when it is looked for; undefined when the head is none of ours. */
export function unpackQuestions(head: unknown, pieces: Pieces): QuestionBank | undefined {
  if (!isRecord(head) || typeof head.questions !== 'number' || typeof head.revision !== 'string') return undefined;
  const { questions: count, revision } = head;
  const outlines = lazily(() => pieces.read<readonly QuestionOutline[]>('outlines'));
  const revisions = lazily(() => pieces.read<QuestionBank['revisions']>('revisions'));
  const questions = lazily(() => pieces.readAll<Question>(questionPrefix, count));
  const present = lazily(() => presentIds(outlines()));
  return {
    revision,
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

const textsPrefix = 'texts/';

type KeptIndex = Omit<SearchIndex<FindableEntry>, 'folded' | 'entry'>;

export function packTexts({ curriculum, index }: CurriculumTexts): Packed {
  const { folded, entry, ...rest } = index;
  const entries = Array.from({ length: index.count }, (_, place) => entry(place));
  return {
    head: JSON.stringify({ curriculum }),
    pieces: [
      ['index', JSON.stringify(rest satisfies KeptIndex)],
      ['folded', JSON.stringify(folded)],
      ...entries.map((each, place) => [textsPrefix + place, JSON.stringify(keepEntry(each))] as const),
    ],
  };
}

export function unpackTexts(head: unknown, pieces: Pieces): CurriculumTexts | undefined {
  if (!isRecord(head) || typeof head.curriculum !== 'string') return undefined;
  const index = lazily(() => unpackIndex(pieces));
  return {
    curriculum: head.curriculum,
    get index() {
      return index();
    },
  };
}

/** Its sort is in the index. */
type KeptEntry = Pick<FindableEntry, 'id' | 'title'> & { readonly texts: readonly string[] };

function keepEntry({ id, title, texts }: FindableEntry): KeptEntry {
  return { id, title, texts: texts() };
}

function unpackIndex(pieces: Pieces): SearchIndex<FindableEntry> {
  const index = pieces.read<KeptIndex>('index');
  return {
    ...index,
    folded: pieces.read('folded'),
    entry: (place) => {
      const sort = index.sorts[index.sortOf[place] ?? -1];
      if (!sort) throw new RangeError(`There is no entry ${place}: there are ${index.count}.`);
      const { id, title, texts } = pieces.read<KeptEntry>(textsPrefix + place);
      return { id, title, sort, texts: () => texts };
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
