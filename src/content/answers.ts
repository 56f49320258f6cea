import { limits } from './limits.js';
import { type ParsedFile, parseYaml } from './parse-yaml.js';

/** Largest answers file that is read, in bytes. */
export const maxAnswersBytes = limits.fileBytes;

/**
 * Reads an answers file, YAML and so JSON too, with the place of each value.
 * @param name how findings name the file.
 */
export function readAnswers(name: string, bytes: Uint8Array): ParsedFile {
  return parseYaml({ name, bytes }, limits.lexemes);
}
