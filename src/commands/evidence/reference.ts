/** From what a learner types to a reference that can be checked later. */
import { isAbsolute, resolve } from 'node:path';
import type { Context } from '../../context.js';
import type { EvidenceReference } from '../../core/progress/event.js';
import { AppError } from '../../errors.js';
import { hashFile, maxHashedBytes } from '../../platform/file-hash.js';
import { findCommit } from '../../platform/git-commit.js';
import { pathKind } from '../../platform/path-kind.js';

const longestUrl = 2048;
const longestNote = 4000;
const longestPath = 4096;

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const controlInNote = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const commitForm = /^(?<repository>.+[^/])@(?<commit>[0-9a-f]{7,64}|HEAD)$/i;
const ownerAndName = /^[\w][\w.-]*\/[\w.-]+$/;
const secureShell = /^[\w.-]+@[\w.-]+:[\w./~-]+$/;

export const referenceForms = 'a URL (https://...), a commit (repository@hash), a file, or note: and words';

/**
 * Reads one piece of evidence in any of its forms. Files are hashed and commits of local repositories looked up now;
 * nothing is fetched.
 * @throws AppError EVIDENCE_INVALID or FILE_NOT_FOUND
 */
export async function parseEvidence(context: Context, text: string): Promise<EvidenceReference> {
  const trimmed = text.trim();
  if (/^note:/i.test(trimmed)) return parseNote(trimmed.slice('note:'.length));
  if (commitForm.test(trimmed) && !(await isFile(context, trimmed))) return parseCommit(context, trimmed);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return parseUrl(trimmed);
  const file = await tryFile(context, trimmed);
  if (file) return file;
  throw unrecognised(trimmed);
}

/** @throws AppError EVIDENCE_INVALID */
export function parseUrl(text: string): EvidenceReference {
  const trimmed = text.trim();
  if (control.test(trimmed)) throw invalid('A URL must not hold control characters.');
  if (trimmed.length > longestUrl)
    throw invalid(`A URL has at most ${longestUrl} characters; this one has ${trimmed.length}.`);
  if (!URL.canParse(trimmed))
    throw invalid(`“${trimmed}” is not a URL.`, 'Write it whole: https://example.org/my-work');
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw invalid(`“${trimmed}” is not a web address: only https and http are taken.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid(
      'This URL holds a user name or a password, which would end up in exports.',
      `Leave it out: ${url.protocol}//${url.host}${url.pathname}`,
    );
  }
  return { type: 'url', url: url.href };
}

/** @throws AppError EVIDENCE_INVALID */
export function parseNote(text: string): EvidenceReference {
  const note = text.trim();
  if (note === '') throw invalid('The note is empty.', 'note: what you can show, in a sentence');
  if (note.length > longestNote)
    throw invalid(`A note has at most ${longestNote} characters; this one has ${note.length}.`);
  if (controlInNote.test(note)) throw invalid('A note must not hold control characters.');
  return { type: 'note', text: note };
}

/** @throws AppError EVIDENCE_INVALID or FILE_NOT_FOUND */
export async function parseFile(context: Context, text: string): Promise<EvidenceReference> {
  const file = await tryFile(context, text.trim());
  if (file) return file;
  throw new AppError('FILE_NOT_FOUND', `There is no file “${text.trim()}” in ${context.cwd}.`, {
    hint: 'Give its path from the current folder, or its whole path.',
  });
}

/**
 * A commit of a local folder (looked up and written in full), of `owner/name`, or of a repository's URL.
 * @throws AppError EVIDENCE_INVALID
 */
export async function parseCommit(context: Context, text: string): Promise<EvidenceReference> {
  const { repository, commit } = commitForm.exec(text.trim())?.groups ?? {};
  if (repository === undefined || commit === undefined) {
    throw invalid(
      `“${text.trim()}” is not a commit.`,
      'Write it as repository@hash, with at least 7 digits of the hash: ./my-repo@1a2b3c4 or owner/name@1a2b3c4',
    );
  }
  if (control.test(repository)) throw invalid('A repository’s name must not hold control characters.');
  if (!repository.includes('://') && !secureShell.test(repository)) {
    const folder = resolve(context.cwd, repository);
    if ((await pathKind(folder)) === 'folder') return localCommit(context, folder, commit);
    if (!ownerAndName.test(repository)) {
      throw invalid(`“${repository}” is neither a folder here, nor owner/name, nor the URL of a repository.`);
    }
  }
  if (/^head$/i.test(commit)) throw invalid('HEAD moves: for a repository elsewhere, give the hash of the commit.');
  const named = repository.includes('://') ? urlOf(parseUrl(repository)) : repository;
  return { type: 'commit', repository: named, commit: commit.toLowerCase() };
}

async function localCommit(context: Context, folder: string, revision: string): Promise<EvidenceReference> {
  const wanted = /^head$/i.test(revision) ? 'HEAD' : revision.toLowerCase();
  const lookup = await findCommit(folder, wanted, context.env);
  switch (lookup.type) {
    case 'found':
      return { type: 'commit', repository: folder, commit: lookup.commit };
    case 'no-commit':
      throw invalid(`There is no commit ${wanted} in ${folder}.`, 'git log --oneline -5');
    case 'no-folder':
    case 'no-repository':
      throw invalid(`${folder} is not in a git repository.`);
    case 'unknown':
      throw new AppError('ENVIRONMENT', `The commit could not be looked up in ${folder}: ${lookup.message}.`, {
        hint: 'Give the whole hash of the commit with the address of its repository.',
      });
  }
}

async function tryFile(context: Context, text: string): Promise<EvidenceReference | undefined> {
  if (text === '' || text.length > longestPath || text.includes('\0')) return undefined;
  const path = resolve(context.cwd, text);
  const result = await hashFile(path);
  switch (result.type) {
    case 'hashed':
      return { type: 'file', path, sha256: result.sha256, bytes: result.bytes };
    case 'missing':
      return undefined;
    case 'not-a-file':
      throw invalid(`“${text}” is not a file.`, 'For a folder under git, name a commit: my-folder@HEAD');
    case 'too-large':
      throw invalid(
        `“${text}” is larger than ${maxHashedBytes / (1024 * 1024)} MB.`,
        'Name a smaller file, or the URL where it can be found.',
      );
    case 'unreadable':
      throw invalid(`“${text}” cannot be read: ${result.message}.`);
  }
}

async function isFile(context: Context, text: string): Promise<boolean> {
  return !text.includes('\0') && (await pathKind(resolve(context.cwd, text))) === 'file';
}

function unrecognised(text: string): AppError {
  const looksLikePath = isAbsolute(text) || /^\.{0,2}\//.test(text) || (/\.\w{1,8}$/.test(text) && !/\s/.test(text));
  if (looksLikePath) {
    const hint = /^[\w-]+(\.[\w-]+)+\//.test(text)
      ? `A web address begins with its scheme: https://${text}`
      : 'Give its path from the current folder, or its whole path.';
    return new AppError('FILE_NOT_FOUND', `There is no file “${text}”.`, { hint });
  }
  return invalid(`“${text}” is not evidence that can be kept.`, `Give ${referenceForms}.`);
}

function urlOf(reference: EvidenceReference): string {
  return reference.type === 'url' ? reference.url : '';
}

function invalid(message: string, hint = 'aisafe evidence add --help'): AppError {
  return new AppError('EVIDENCE_INVALID', message, { hint });
}
