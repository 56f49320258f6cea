import { compileCurriculum, compileQuestions } from '../core/curriculum/compile.js';
import type { FileKind } from '../core/curriculum/file-kinds.js';
import { type Finding, type Path, quoted, sortFindings } from '../core/curriculum/finding.js';
import { lintCurriculum } from '../core/curriculum/lint/lint.js';
import type { CurriculumContent, LabPackage } from '../core/curriculum/lint/rule.js';
import type { Curriculum, Question, QuestionBank } from '../core/curriculum/model.js';
import { type FileValue, validateFile } from '../core/curriculum/validate.js';
import { nearest } from '../core/search/nearest.js';
import { sha256 } from './hash.js';
import { limits } from './limits.js';
import { type ParsedFile, parseYaml } from './parse-yaml.js';
import { type FolderRead, readFolder } from './read-folder.js';
import { emptyPackage } from './read-lab-package.js';
import { readingFinding } from './reading-finding.js';

export interface CurriculumReading {
  /** Undefined when there is any error. */
  readonly curriculum?: Curriculum;
  /** Undefined when there is any error, or when they were not read. */
  readonly questions?: QuestionBank;
  /** All of them, by file and place. */
  readonly findings: readonly Finding[];
}

/**
 * Reads, validates and lints the curriculum in a folder, with its questions and the folders of its labs.
 * @throws AppError FILE_NOT_FOUND when there is no such folder.
 */
export function readCurriculum(folder: string): CurriculumReading {
  return checkCurriculum(readFolder(folder, { questions: true, packages: true }));
}

/** The same for files that were read before. */
export function checkCurriculum(
  { files, findings: earlier, hasQuestions, packages }: FolderRead,
  parse: typeof parseYaml = parseYaml,
): CurriculumReading {
  const findings: Finding[] = [...earlier];
  const names = files.map((file) => file.name);
  const parsed = new Map<string, ParsedFile>();
  let allowance: number = limits.lexemes;
  for (const file of files) {
    // One finding for the file that used up the allowance, none for those after it.
    const each = allowance >= 0 ? parse(file, allowance) : { name: file.name, findings: [], lexemes: 0 };
    allowance -= each.lexemes;
    findings.push(...each.findings);
    parsed.set(file.name, each);
  }
  const assembled = assemble(parsed, findings, { hasQuestions, packages });
  // Rules on half a curriculum would report that the other half is missing, once for each reference to it.
  const isWhole =
    [...parsed.values()].every((file) => file.content) &&
    !earlier.some(({ severity }) => severity === 'error') &&
    !findings.some(({ rule }) => rule === 'missing-file');
  if (!assembled?.isWhole || !isWhole) return { findings: sortFindings(findings, names) };
  findings.push(...lintCurriculum(assembled.content, assembled));
  const sorted = sortFindings(findings, names);
  if (sorted.some(({ severity }) => severity === 'error')) return { findings: sorted };
  const { questions } = assembled.content;
  return {
    curriculum: compileCurriculum(assembled.content, sha256),
    ...(questions && { questions: compileQuestions(questions, sha256) }),
    findings: sorted,
  };
}

/** A file with more faults than this is another kind of file. */
const mostFaults = 500;

interface Assembled {
  readonly content: CurriculumContent;
  readonly locate: (
    path: Path,
    at: 'key' | 'value',
  ) => { readonly file: string; readonly line: number; readonly column: number };
  readonly faults: readonly Path[];
  /** False when a file has another shape altogether. */
  readonly isWhole: boolean;
}

/** Validates each file and puts them together; undefined when there is no curriculum.yaml to begin with. */
function assemble(
  parsed: ReadonlyMap<string, ParsedFile>,
  findings: Finding[],
  { hasQuestions, packages }: Pick<FolderRead, 'hasQuestions' | 'packages'>,
): Assembled | undefined {
  const faults: Path[] = [];
  let isWhole = true;
  /** The file whose content stands at this path of the whole. */
  const sources: { readonly path: Path; readonly file: ParsedFile }[] = [];
  const take = <K extends FileKind>(kind: K, name: string, path: Path): FileValue<K> | undefined => {
    const file = parsed.get(name);
    if (!file?.content) return undefined;
    const { value, problems, faults: inFile } = validateFile(kind, file.content.value);
    for (const { rule, path: place, at = 'value', message, hint } of problems) {
      findings.push(readingFinding(rule, name, message, { at: file.content.locate(place, at), hint }));
    }
    sources.push({ path, file });
    for (const place of inFile) faults.push([...path, ...place]);
    isWhole &&= inFile.length < mostFaults && inFile.every((place) => place.length > 0);
    return value;
  };
  const filesIn = (folder: string) => [...parsed.keys()].filter((name) => name.startsWith(folder));
  const overview = take('curriculum', 'curriculum.yaml', []);
  if (!overview) for (const name of filesIn('phases/')) take('phase', name, ['unplaced', name]);
  const phases: FileValue<'phase'>[] = [];
  for (const name of phaseFiles(overview?.phases ?? [], parsed, findings)) {
    const phase = take('phase', name, ['phases', phases.length]);
    if (phase) phases.push(phase);
  }
  const lists = {
    concepts: take('concepts', 'concepts.yaml', ['concepts']) ?? [],
    resources: take('resources', 'resources.yaml', ['resources']) ?? [],
    programs: take('programs', 'programs.yaml', ['programs']) ?? [],
    briefs: take('briefs', 'briefs.yaml', ['briefs']) ?? [],
  };
  const labFolders = filesIn('labs/').flatMap((name) => /^labs\/(.+)\/lab\.yaml$/.exec(name)?.[1] ?? []);
  const { labs, labPackages } = assembleLabs(labFolders, take, packages);
  for (const folder of labFolders)
    findings.push(...misnamed('lab-id', folder, parsed.get(`labs/${folder}/lab.yaml`), 'folder'));
  const questions: (readonly Question[])[] = [];
  for (const name of filesIn('questions/')) {
    const inFile = take('questions', name, ['questions', questions.length]);
    if (inFile) questions.push(inFile);
  }
  if (!overview) return undefined;
  const content = {
    ...overview,
    phases,
    ...lists,
    labs,
    ...(packages && { packages: labPackages }),
    ...(hasQuestions && { questions }),
  };
  return { content, locate: locator(sources), faults, isWhole };
}

/** The labs in the order of their folders; one whose lab.yaml is no YAML is left out. */
function assembleLabs(
  folders: readonly string[],
  take: <K extends 'lab' | 'mutants'>(kind: K, name: string, path: Path) => FileValue<K> | undefined,
  packages: FolderRead['packages'],
): { readonly labs: readonly FileValue<'lab'>[]; readonly labPackages: readonly LabPackage[] } {
  const labs: FileValue<'lab'>[] = [];
  const labPackages: LabPackage[] = [];
  for (const folder of folders) {
    const mutants = take('mutants', `labs/${folder}/mutants.yaml`, ['mutants', labs.length]) ?? [];
    const lab = take('lab', `labs/${folder}/lab.yaml`, ['labs', labs.length]);
    if (!lab) continue;
    labs.push(lab);
    labPackages.push({ ...(packages?.get(folder)?.content ?? emptyPackage(folder)), mutants });
  }
  return { labs, labPackages };
}

/** The files of the phases in the order that curriculum.yaml names them; says what is missing, repeated or left over. */
function phaseFiles(
  ids: readonly string[],
  parsed: ReadonlyMap<string, ParsedFile>,
  findings: Finding[],
): readonly string[] {
  const overview = parsed.get('curriculum.yaml')?.content;
  if (!overview) return [];
  const there = [...parsed.keys()].filter((name) => name.startsWith('phases/'));
  const names = new Set<string>();
  for (const [index, id] of ids.slice(0, limits.phases).entries()) {
    const name = `phases/${id}.yaml`;
    const at = () => overview.locate(['phases', index], 'value');
    if (names.has(name)) {
      findings.push(
        readingFinding('bad-value', 'curriculum.yaml', `the phase ${quoted(id)} is in this list already`, { at: at() }),
      );
    } else if (parsed.has(name)) {
      names.add(name);
      findings.push(...misnamed('phase-id', id, parsed.get(name), 'file'));
    } else if (id !== '' && !findings.some(({ file, rule }) => file === name || rule === 'too-large')) {
      const [near] = nearest(name, there, 1);
      const hint = near === undefined ? undefined : `There is a ${near}.`;
      findings.push(
        readingFinding('missing-file', 'curriculum.yaml', `there is no file ${quoted(name)}`, { at: at(), hint }),
      );
    }
  }
  for (const name of there.filter((each) => !names.has(each))) {
    const hint = `Add ${name.slice('phases/'.length, -'.yaml'.length)} to “phases” in curriculum.yaml.`;
    findings.push(
      readingFinding('stray-file', name, 'curriculum.yaml does not name this phase', { hint, severity: 'warning' }),
    );
  }
  return [...names];
}

function misnamed(
  rule: 'phase-id' | 'lab-id',
  id: string,
  file: ParsedFile | undefined,
  what: 'file' | 'folder',
): Finding[] {
  const value = file?.content?.value;
  if (!file?.content || typeof value !== 'object' || value === null || !('id' in value)) return [];
  if (typeof value.id !== 'string' || value.id === id) return [];
  const message = `the id is ${quoted(value.id)}, the ${what} is named for ${quoted(id)}`;
  return [readingFinding(rule, file.name, message, { at: file.content.locate(['id'], 'value') })];
}

function locator(sources: readonly { readonly path: Path; readonly file: ParsedFile }[]): Assembled['locate'] {
  const byTop = new Map(sources.map(({ path, file }) => [path.join('/'), { file, length: path.length }]));
  return (path, at) => {
    const source = byTop.get(path.slice(0, 2).join('/')) ?? byTop.get(String(path[0])) ?? byTop.get('');
    if (!source?.file.content) return { file: 'curriculum.yaml', line: 1, column: 1 };
    return { file: source.file.name, ...source.file.content.locate(path.slice(source.length), at) };
  };
}
