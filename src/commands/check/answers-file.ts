/** Answers from a file: everything is read and checked before anything is saved. */
import { resolve } from 'node:path';
import type { Context } from '../../context.js';
import { checkAnswers, type WrittenAnswer } from '../../core/assessment/answers-schema.js';
import { liveCriteria } from '../../core/assessment/attempts.js';
import { matchEvidence } from '../../core/assessment/evidence-id.js';
import { countsFor, isSameReference } from '../../core/assessment/reference.js';
import type { GivenAnswer } from '../../core/assessment/session.js';
import type { Path } from '../../core/curriculum/finding.js';
import type { Checkpoint, Criterion } from '../../core/curriculum/model.js';
import type { EvidenceReference } from '../../core/progress/event.js';
import type { QuestionInstance } from '../../core/quiz/answer.js';
import { nearest } from '../../core/search/nearest.js';
import { AppError } from '../../errors.js';
import { newId } from '../../platform/new-id.js';
import { readLimited } from '../../platform/read-limited.js';
import { parseEvidence } from '../evidence/reference.js';
import type { Study } from '../lookup.js';
import { checkAnswerList, type FileAnswer as QuizFileAnswer } from '../quiz/answers-file.js';
import type { NewEvidence } from './sitting.js';

/** What an answers file holds. */
export interface CheckAnswers {
  readonly criteria: readonly FileAnswer[];
  /** Undefined when the file has no key `quiz`. */
  readonly quiz: readonly QuizFileAnswer[] | undefined;
}

/** What the file may answer. */
export interface AnswersRequest {
  readonly file: string;
  readonly checkpoint: Checkpoint;
  /** The drawn questions; a sentence when they cannot be answered in this call. */
  readonly quiz: () => Promise<readonly QuestionInstance[] | string>;
  readonly quizOnly: boolean;
}

export interface FileAnswer {
  readonly answer: GivenAnswer;
  readonly added: readonly NewEvidence[];
}

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What the checks of one file share. */
interface Reading extends Pick<AnswersRequest, 'quiz' | 'quizOnly'> {
  readonly context: Context;
  readonly study: Study;
  readonly checkpoint: Checkpoint;
  readonly report: (path: Path, message: string, at?: 'key' | 'value') => void;
  /** Evidence that earlier answers of the file bring with them. */
  readonly added: NewEvidence[];
}

/**
 * Reads an answers file: a path, or `-` for standard input.
 * @throws AppError FILE_NOT_FOUND; DATA_INVALID with every problem as `file:line:column message`.
 */
export async function readAnswersFile(
  context: Context,
  study: Study,
  { file, checkpoint, quiz, quizOnly }: AnswersRequest,
): Promise<CheckAnswers> {
  const name = file === '-' ? 'standard input' : file;
  const { maxAnswersBytes, readAnswers } = await import('../../content/answers.js');
  const { findings: found, content } = readAnswers(name, await readBytes(context, file, name, maxAnswersBytes));
  const findings: Finding[] = found.flatMap(({ severity, line, column, message }) =>
    severity === 'error' ? [{ file: name, line, column, message }] : [],
  );
  if (!content) throw invalidFile(name, findings);
  const report: Reading['report'] = (path, message, at = 'value') =>
    findings.push({ file: name, ...content.locate(path, at), message });
  const reading = { context, study, checkpoint, quiz, quizOnly, added: [], report };
  const answers = await readAll(reading, content.value);
  if (findings.length > 0) throw invalidFile(name, findings);
  return answers;
}

async function readBytes(context: Context, file: string, name: string, maxBytes: number): Promise<Uint8Array> {
  const source = file === '-' ? context.host.stdin : resolve(context.cwd, file);
  const result = await readLimited(source, maxBytes);
  const hint = 'aisafe check --help';
  switch (result.type) {
    case 'read':
      return result.bytes;
    case 'missing':
      throw new AppError('FILE_NOT_FOUND', `There is no file “${file}”.`, { hint });
    case 'too-large':
      throw new AppError(
        'DATA_INVALID',
        `${name} is larger than ${maxBytes / (1024 * 1024)} MB, which no answers file is.`,
        { hint },
      );
    case 'unreadable':
      throw new AppError('DATA_INVALID', `${name} cannot be read: ${result.message}.`, { hint });
  }
}

async function readAll(reading: Reading, data: unknown): Promise<CheckAnswers> {
  const checked = checkAnswers(data);
  if (!checked.valid) {
    for (const { path, message, at } of checked.problems) reading.report(path, message, at);
  }
  const written = checked.valid ? Object.entries(checked.criteria) : [];
  const ids = checked.valid ? written.map(([id]) => id) : namesIn(data);
  const hasQuiz = checked.valid && checked.quiz !== undefined;
  if (ids.length === 0 && checked.valid && !hasQuiz) reading.report(['criteria'], 'no criterion is answered');
  if (ids.length > 0 && reading.quizOnly) reading.report(['criteria'], '--quiz-only takes no criteria', 'key');
  const criteria = findCriteria(reading, ids);
  const answers: FileAnswer[] = [];
  for (const [id, answer] of written) {
    const criterion = criteria.get(id);
    if (criterion) answers.push(...(await readOne(reading, id, criterion, answer)));
  }
  return { criteria: answers, quiz: hasQuiz ? await readQuiz(reading, checked.quiz) : undefined };
}

/** The answers to the drawn questions, written as in the answers file of a quiz. */
async function readQuiz({ quiz, report }: Reading, value: unknown): Promise<readonly QuizFileAnswer[]> {
  const instances = await quiz();
  if (typeof instances === 'string') {
    report(['quiz'], instances, 'key');
    return [];
  }
  return checkAnswerList(value, instances, (path, message, at) => report(['quiz', ...path], message, at));
}

/** The ids a file answers even when its answers are malformed, so that a wrong id is reported with everything else. */
function namesIn(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null || !('criteria' in data)) return [];
  const { criteria } = data;
  return typeof criteria === 'object' && criteria !== null && !Array.isArray(criteria) ? Object.keys(criteria) : [];
}

function findCriteria({ checkpoint, report }: Reading, ids: readonly string[]): ReadonlyMap<string, Criterion> {
  const live = liveCriteria(checkpoint);
  const found = new Map<string, Criterion>();
  const answeredAs = new Map<string, string>();
  for (const id of ids) {
    const own = id.startsWith(`${checkpoint.id}/`) ? id.slice(checkpoint.id.length + 1) : id;
    const criterion = live.find((each) => each.id === own) ?? live.find((each) => each.aliases?.includes(own));
    const path = ['criteria', id];
    if (!criterion) {
      const retired = checkpoint.criteria.some((each) => each.retired && each.id === own);
      const [suggestion] = nearest(
        own,
        live.map((each) => each.id),
        1,
      );
      const remark = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
      report(
        path,
        retired ? `${id} is no longer asked; leave it out` : `${checkpoint.id} has no criterion ${id}${remark}`,
        'key',
      );
      continue;
    }
    const twin = answeredAs.get(criterion.id);
    if (twin !== undefined) report(path, `${id} and ${twin} are the same criterion`, 'key');
    answeredAs.set(criterion.id, id);
    found.set(id, criterion);
  }
  return found;
}

async function readOne(
  reading: Reading,
  id: string,
  criterion: Criterion,
  written: WrittenAnswer,
): Promise<readonly FileAnswer[]> {
  const { level, evidence = [], self_attested: attested = false } = written;
  if (level >= criterion.pass && evidence.length === 0 && !attested) {
    reading.report(
      ['criteria', id],
      'nothing says what shows it; give evidence: [...], or self_attested: true for your own word',
    );
    return [];
  }
  const cited: { readonly id: string; readonly reference: EvidenceReference }[] = [];
  const added: NewEvidence[] = [];
  for (const [index, text] of evidence.entries()) {
    const piece = await readPiece(reading, ['criteria', id, 'evidence', index], text);
    if (!piece) continue;
    cited.push(piece);
    if (piece.isNew) {
      added.push(piece);
      reading.added.push(piece);
    }
  }
  // Someone who attests to it as well does not fall back behind their word because the evidence is of another kind.
  const isEvidence = cited.some((piece) => countsFor(criterion, piece.reference)) || (cited.length > 0 && !attested);
  const support = isEvidence
    ? ({ type: 'evidence', evidence: [...new Set(cited.map((piece) => piece.id))] } as const)
    : ({ type: 'self-attested' } as const);
  return [{ answer: { criterion, level, support }, added }];
}

interface Piece extends NewEvidence {
  readonly isNew: boolean;
}

/** One line of evidence: the id of evidence that is there, or a reference, which is new unless the same is there. */
async function readPiece(
  { context, study, report, added }: Reading,
  path: Path,
  text: string,
): Promise<Piece | undefined> {
  const known = study.progress.evidence;
  const match = /^[0-9a-f]+$/i.test(text) ? matchEvidence(known, text) : undefined;
  if (match?.type === 'one') return { id: match.evidence.id, reference: match.evidence.reference, isNew: false };
  if (match?.type === 'several') {
    report(path, `several pieces of evidence begin with ${text}`);
    return undefined;
  }
  const lab = /^lab:\s*([a-z0-9-]+)$/.exec(text)?.[1];
  if (lab !== undefined) {
    const pass = [...known.values()].findLast(({ reference }) => reference.type === 'lab' && reference.lab === lab);
    if (pass) return { id: pass.id, reference: pass.reference, isNew: false };
    report(path, `no pass of the lab ${lab} is on record; aisafe lab check ${lab}`);
    return undefined;
  }
  try {
    const reference = await parseEvidence(context, text);
    const same =
      [...known.values()].find(
        (each) => isSameReference(each.reference, reference) && each.verified?.holds !== false,
      ) ?? added.find((each) => isSameReference(each.reference, reference));
    if (same) return { id: same.id, reference, isNew: false };
    const id = newId(context.random, (each) => known.has(each) || added.some((piece) => piece.id === each));
    return { id, reference, isNew: true };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    report(path, error.hint === undefined ? error.message : `${error.message} ${error.hint}`);
    return undefined;
  }
}

function invalidFile(name: string, findings: readonly Finding[]): AppError {
  const sorted = [...findings].sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = sorted.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  const amount = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
  return new AppError('DATA_INVALID', `${name} has ${amount}; nothing was saved.\n${lines.join('\n')}`, {
    hint: 'aisafe check --help',
    details: { findings: sorted },
  });
}
