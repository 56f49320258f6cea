import type { Finding, Path, Position } from '../core/curriculum/finding.js';
import { findControlCharacters } from './control-characters.js';
import { decode } from './decode.js';
import { limits } from './limits.js';
import { readingFinding } from './reading-finding.js';
import { positionsIn, type SourceFile } from './source.js';
import { parseDocument } from './yaml-document.js';
import type { YamlProblem } from './yaml-problem.js';
import { type Place, readValue } from './yaml-value.js';

/** A way from a path in a file's content to a place in its text; the nearest value above when there is none. */
export type Locate = (path: Path, at: 'key' | 'value') => Position;

export interface ParsedFile {
  readonly name: string;
  readonly findings: readonly Finding[];
  /** Tokens that were read. */
  readonly lexemes: number;
  /** Undefined when the text was given up on or is not YAML. */
  readonly content?: { readonly value: unknown; readonly locate: Locate };
}

/**
 * From the bytes of a file to plain data with places.
 * @param allowance lexical tokens that may be read.
 */
export function parseYaml(file: SourceFile, allowance: number): ParsedFile {
  const { name } = file;
  const decoded = decode(file);
  if (decoded.text === undefined) return { name, findings: decoded.findings, lexemes: 0 };
  const { text } = decoded;
  const position = positionsIn(text);
  const describe = ({ rule, offset, message, hint, severity = 'error' }: YamlProblem) =>
    readingFinding(rule, name, message, { at: position(offset), hint, severity });
  const findings = [
    ...decoded.findings,
    ...findControlCharacters(text, limits.findings).map((found) =>
      readingFinding('control-character', name, `the control character ${found.name}`, { at: position(found.offset) }),
    ),
  ];
  const parsed = parseDocument(text, allowance);
  findings.push(...parsed.problems.map(describe));
  const { lexemes } = parsed;
  if (
    !parsed.document ||
    parsed.problems.some(({ rule, severity }) => rule === 'yaml-syntax' && severity === 'error')
  ) {
    return { name, findings, lexemes };
  }
  const { value, place, problems } = readValue(parsed.document, text);
  findings.push(...problems.map(describe));
  // Where aliases were not followed there are holes in the value.
  if (problems.some(({ rule }) => rule === 'yaml-alias' || rule === 'yaml-nesting')) return { name, findings, lexemes };
  const locate: Locate = (path, at) => position(offsetOf(place, path, at));
  return { name, findings, lexemes, content: { value, locate } };
}

function offsetOf(root: Place, path: Path, at: 'key' | 'value'): number {
  let place = root;
  for (const step of path) {
    const next = place.inside?.get(step);
    if (!next) return place.offset;
    place = next;
  }
  return at === 'key' ? (place.key ?? place.offset) : place.offset;
}
