import { resolve } from 'node:path';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { readLimited } from '../../platform/read-limited.js';

const hint = 'aisafe focus --help';

/**
 * Answers as `question=option`, from `q=a,q=a`, or from a YAML or JSON file (`-`: standard input) that maps questions
 * to options.
 * @throws AppError FILE_NOT_FOUND, DATA_INVALID
 */
export async function readFocusAnswers(context: Context, source: string): Promise<readonly string[]> {
  if (/^[^/\\=]+=/.test(source)) return source.split(',').filter((each) => each.trim() !== '');
  const { maxAnswersBytes, readAnswers } = await import('../../content/answers.js');
  const name = source === '-' ? 'standard input' : source;
  const { content, findings } = readAnswers(name, await readBytes(context, source, name, maxAnswersBytes));
  if (!content) {
    const problems = findings.map(({ line, column, message }) => `${name}:${line}:${column} ${message}`);
    throw new AppError('DATA_INVALID', problems.join('\n'), { hint });
  }
  const answers = content.value;
  if (answers === null || typeof answers !== 'object' || Array.isArray(answers)) {
    throw new AppError('DATA_INVALID', `${name} is not a list of “question: option”, one a line.`, { hint });
  }
  return Object.entries(answers).map(
    ([question, option]) => `${question}=${typeof option === 'string' ? option : JSON.stringify(option)}`,
  );
}

async function readBytes(context: Context, source: string, name: string, maxBytes: number): Promise<Uint8Array> {
  const result = await readLimited(source === '-' ? context.host.stdin : resolve(context.cwd, source), maxBytes);
  switch (result.type) {
    case 'read':
      return result.bytes;
    case 'missing':
      throw new AppError('FILE_NOT_FOUND', `There is no file “${source}”.`, { hint });
    case 'too-large':
      throw new AppError('DATA_INVALID', `${name} is too large to be a list of answers.`, { hint });
    case 'unreadable':
      throw new AppError('DATA_INVALID', `${name} cannot be read: ${result.message}.`, { hint });
  }
}
