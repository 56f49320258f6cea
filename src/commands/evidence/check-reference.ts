/** Does what a reference points at still stand as it did? Offline, and with three answers: yes, no, cannot say. */
import { isAbsolute } from 'node:path';
import type { Context } from '../../context.js';
import type { EvidenceReference } from '../../core/progress/event.js';
import { hashFile } from '../../platform/file-hash.js';
import { findCommit } from '../../platform/git-commit.js';

export type ReferenceCheck = {
  readonly status: 'holds' | 'broken' | 'unchecked';
  /** What was found, as a sentence without its full stop. */
  readonly message: string;
};

const holds = (message: string): ReferenceCheck => ({ status: 'holds', message });
const broken = (message: string): ReferenceCheck => ({ status: 'broken', message });
const unchecked = (message: string): ReferenceCheck => ({ status: 'unchecked', message });

/**
 * Checks one reference.
 * @param here was it added on this machine? Paths of another machine say nothing about this one.
 */
export async function checkReference(
  context: Context,
  reference: EvidenceReference,
  here: boolean,
): Promise<ReferenceCheck> {
  const result = await look(context, reference);
  if (result.status === 'broken' && !here)
    return unchecked('added on another machine, and not found here as it was there');
  return result;
}

async function look(context: Context, reference: EvidenceReference): Promise<ReferenceCheck> {
  switch (reference.type) {
    case 'url':
      return unchecked('a URL cannot be checked offline');
    case 'note':
      return unchecked('a note has nothing to check');
    case 'lab':
      return unchecked(`what passed is kept in your history; to see it pass again: aisafe lab check ${reference.lab}`);
    case 'file':
      return lookAtFile(reference.path, reference.sha256);
    case 'commit':
      if (!isAbsolute(reference.repository)) return unchecked('a repository elsewhere cannot be checked offline');
      return lookAtCommit(context, reference.repository, reference.commit);
  }
}

async function lookAtFile(path: string, sha256: string): Promise<ReferenceCheck> {
  const result = await hashFile(path);
  switch (result.type) {
    case 'hashed':
      return result.sha256 === sha256
        ? holds('the file is unchanged')
        : broken('the file has changed since it was added');
    case 'missing':
      return broken('the file is gone');
    case 'not-a-file':
      return broken('there is no file there any more');
    case 'too-large':
      return broken('the file has changed since it was added');
    case 'unreadable':
      return unchecked(`the file cannot be read: ${result.message}`);
  }
}

async function lookAtCommit(context: Context, folder: string, commit: string): Promise<ReferenceCheck> {
  const result = await findCommit(folder, commit, context.env);
  switch (result.type) {
    case 'found':
      return holds('the commit is in the repository');
    case 'no-commit':
      return broken('the repository no longer holds the commit');
    case 'no-folder':
      return broken('the repository’s folder is gone');
    case 'no-repository':
      return broken('the folder is no longer a repository');
    case 'unknown':
      return unchecked(result.message);
  }
}
