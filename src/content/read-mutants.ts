import type { Mutant } from '../core/curriculum/model.js';
import { validateFile } from '../core/curriculum/validate.js';
import { AppError } from '../errors.js';
import { limits } from './limits.js';
import { parseYaml } from './parse-yaml.js';
import { readFile } from './read-file.js';
import { resolveFolder } from './read-folder.js';

/**
 * The known wrong solutions of one lab.
 * @param folder of the curriculum.
 * @throws AppError LAB_INVALID when the file is not there or has errors.
 */
export function readMutants(folder: string, lab: string): readonly Mutant[] {
  const name = `labs/${lab}/mutants.yaml`;
  const read = readFile(resolveFolder(folder), name);
  if (read.kind === 'absent') throw invalid(lab, `${name} is not there`);
  if (read.kind === 'refused') throw invalid(lab, `${name}: ${read.finding.message}`);
  const { content, findings } = parseYaml(read.file, limits.lexemes);
  const error = findings.find(({ severity }) => severity === 'error');
  if (!content || error) throw invalid(lab, `${name}:${error?.line ?? 1} ${error?.message ?? 'is not YAML'}`);
  const { value, problems } = validateFile('mutants', content.value);
  const [problem] = problems;
  if (problem) {
    const { line } = content.locate(problem.path, problem.at ?? 'value');
    throw invalid(lab, `${name}:${line} ${problem.message}`);
  }
  return value;
}

function invalid(lab: string, what: string): AppError {
  return new AppError('LAB_INVALID', `The lab “${lab}” is faulty: ${what}.`, { hint: 'aisafe curriculum lint' });
}
