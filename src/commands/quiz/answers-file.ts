/** Answers to drawn questions from a file: everything is read and checked before anything is saved. */
import { resolve } from 'node:path';
import type { Context } from '../../context.js';
import type { Path } from '../../core/curriculum/finding.js';
import type { Answer, QuestionInstance } from '../../core/quiz/answer.js';
import { parseAnswer } from '../../core/quiz/parse-answer.js';
import { nearest } from '../../core/search/nearest.js';
import { AppError } from '../../errors.js';
import { readLimited } from '../../platform/read-limited.js';

export interface FileAnswer {
  readonly instance: QuestionInstance;
  readonly answer: Answer;
  /** 0.5 to 1; null when the file does not say. */
  readonly confidence: number | null;
}

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

type Report = (path: Path, message: string, at?: 'key' | 'value') => void;

const keys = ['question', 'answer', 'confidence'];

/**
 * Reads an answers file for these questions.
 * @param file a path, or `-` for standard input.
 * @param command the command that takes it, for the hint.
 * @throws AppError FILE_NOT_FOUND; DATA_INVALID with every problem as `file:line:column message`.
 */
export async function readAnswersFile(
  context: Context,
  file: string,
  instances: readonly QuestionInstance[],
  command: string,
): Promise<readonly FileAnswer[]> {
  const hint = `${command} --help`;
  const name = file === '-' ? 'standard input' : file;
  const { maxAnswersBytes, readAnswers } = await import('../../content/answers.js');
  const read = readAnswers(name, await readBytes(context, file, name, maxAnswersBytes, hint));
  const findings: Finding[] = read.findings.flatMap(({ severity, line, column, message }) =>
    severity === 'error' ? [{ file: name, line, column, message }] : [],
  );
  const { content } = read;
  if (!content) throw invalidFile(name, findings, hint);
  const answers = checkAnswerList(content.value, instances, (path, message, at = 'value') =>
    findings.push({ file: name, ...content.locate(path, at), message }),
  );
  if (findings.length > 0) throw invalidFile(name, findings, hint);
  return answers;
}

async function readBytes(
  context: Context,
  file: string,
  name: string,
  most: number,
  hint: string,
): Promise<Uint8Array> {
  const result = await readLimited(file === '-' ? context.host.stdin : resolve(context.cwd, file), most);
  switch (result.type) {
    case 'read':
      return result.bytes;
    case 'missing':
      throw new AppError('FILE_NOT_FOUND', `There is no file “${file}”.`, { hint });
    case 'too-large':
      throw new AppError('DATA_INVALID', `${name} is larger than ${most / 1024 ** 2} MB, which no answers file is.`, {
        hint,
      });
    case 'unreadable':
      throw new AppError('DATA_INVALID', `${name} cannot be read: ${result.message}.`, { hint });
  }
}

/** Reads a list of answers: those of a file, or a part of one. */
export function checkAnswerList(
  value: unknown,
  instances: readonly QuestionInstance[],
  report: Report,
): readonly FileAnswer[] {
  if (!Array.isArray(value)) {
    report([], 'an answers file is a list of answers, each with the key “answer”');
    return [];
  }
  if (value.length === 0) report([], 'no question is answered');
  const answered = new Map<QuestionInstance, number>();
  return value.flatMap((entry: unknown, index): readonly FileAnswer[] => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      report([index], 'an answer is a mapping with the key “answer”');
      return [];
    }
    for (const key of Object.keys(entry)) {
      if (!keys.includes(key))
        report([index, key], `“${key}” is not a key here; the keys are ${keys.join(', ')}`, 'key');
    }
    const instance = findInstance(entry, index, instances, report);
    const confidence = readConfidence(entry, index, report);
    if (!('answer' in entry) || entry.answer === null) {
      report([index], 'the key “answer” is missing; "?" is “I don\'t know”');
      return [];
    }
    if (!instance) return [];
    const earlier = answered.get(instance);
    if (earlier !== undefined) {
      report([index], `${instance.question.id} is answered already by number ${earlier + 1} of the list`);
      return [];
    }
    answered.set(instance, index);
    const answer = parseAnswer(instance, entry.answer);
    if ('problem' in answer) {
      report([index, 'answer'], answer.problem);
      return [];
    }
    return [{ instance, answer, confidence }];
  });
}

/** By the id that the entry names, else by its place. */
function findInstance(
  entry: object,
  index: number,
  instances: readonly QuestionInstance[],
  report: Report,
): QuestionInstance | undefined {
  if (!('question' in entry)) {
    const instance = instances[index];
    if (!instance) report([index], `there are only ${instances.length} questions to answer`);
    return instance;
  }
  const { question: id } = entry;
  const found = instances.find(
    ({ question }) => question.id === id || (typeof id === 'string' && question.aliases?.includes(id)),
  );
  if (found) return found;
  const [near] =
    typeof id === 'string'
      ? nearest(
          id,
          instances.map(({ question }) => question.id),
          1,
        )
      : [];
  const remark = near === undefined ? '' : `; did you mean ${near}?`;
  report(
    [index, 'question'],
    typeof id === 'string' ? `${id} is not among the questions asked${remark}` : 'the id of a question',
  );
  return undefined;
}

/** Written as a share or in per cent. */
function readConfidence(entry: object, index: number, report: Report): number | null {
  if (!('confidence' in entry) || entry.confidence === null) return null;
  const { confidence } = entry;
  const share = typeof confidence === 'number' && confidence > 1 ? confidence / 100 : confidence;
  if (typeof share === 'number' && share >= 0.5 && share <= 1) return share;
  report([index, 'confidence'], 'a confidence is from 50 to 100 (per cent), or from 0.5 to 1');
  return null;
}

function invalidFile(name: string, findings: readonly Finding[], hint: string): AppError {
  const sorted = [...findings].sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = sorted.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  const amount = sorted.length === 1 ? '1 problem' : `${sorted.length} problems`;
  return new AppError('DATA_INVALID', `${name} has ${amount}; nothing was saved.\n${lines.join('\n')}`, {
    hint,
    details: { findings: sorted },
  });
}
