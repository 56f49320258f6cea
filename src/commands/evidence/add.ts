import type { Result } from '../../cli/command.js';
import type { Context } from '../../context.js';
import { isSameReference } from '../../core/assessment/reference.js';
import type { EvidenceReference } from '../../core/progress/event.js';
import { qualify } from '../../core/progress/progress.js';
import { subject } from '../../core/progress/subject.js';
import { AppError } from '../../errors.js';
import { newId } from '../../platform/new-id.js';
import { findItem, openStudy } from '../lookup.js';
import { type EvidenceEntry, toEntry } from './entry.js';
import { parseCommit, parseEvidence, parseFile, parseNote, parseUrl, referenceForms } from './reference.js';

export interface AddInput {
  /** Ids of tasks or criteria; the last word is the reference when no option gives one. */
  readonly words: readonly string[];
  readonly url: string | undefined;
  readonly commit: string | undefined;
  readonly file: string | undefined;
  readonly note: string | undefined;
  readonly text: string | undefined;
}

export interface AddData {
  readonly evidence: EvidenceEntry;
  /** False when the same was there already for the same items. */
  readonly added: boolean;
}

/** Keeps a piece of evidence for tasks or criteria. */
export async function add(context: Context, input: AddInput): Promise<Result<AddData>> {
  const study = await openStudy(context);
  const { curriculum, store } = study;
  const { ids, reference: read } = await split(context, input, (word) => study.items.has(word));
  const found = ids.map((id) => findItem(study, id, 'aisafe evidence add', ['task', 'criterion'] as const));
  const items = [...new Set(found.map((item) => qualify(curriculum, item.id)))];
  const reference = await read();
  const same = [...study.progress.evidence.values()].find(
    (each) =>
      isSameReference(each.reference, reference) &&
      each.verified?.holds !== false &&
      items.every((item) => each.items.includes(item)),
  );
  if (same && (input.text === undefined || input.text === same.note)) {
    return { data: { evidence: toEntry(same, study.progress, curriculum), added: false } };
  }
  const id = newId(context.random, (each) => study.progress.evidence.has(each));
  const note = input.text === undefined ? {} : { note: input.text };
  const revision = curriculum.revisions[found[0]?.id ?? ''] ?? null;
  store.append([
    { kind: 'evidence.added', subject: subject.evidence(id), revision, data: { items, reference, ...note } },
  ]);
  const progress = store.progress();
  const kept = progress.evidence.get(id);
  if (!kept) throw new Error(`evidence ${id} was not kept`);
  return { data: { evidence: toEntry(kept, progress, curriculum), added: true } };
}

interface Parts {
  readonly ids: readonly string[];
  /** Reads the reference once the ids are known to be good. */
  readonly reference: () => Promise<EvidenceReference>;
}

async function split(context: Context, input: AddInput, isItem: (word: string) => boolean): Promise<Parts> {
  const { words } = input;
  const given = (
    [
      ['--url', input.url, async (text) => parseUrl(text)],
      ['--commit', input.commit, (text) => parseCommit(context, text)],
      ['--file', input.file, (text) => parseFile(context, text)],
      ['--note', input.note, async (text) => parseNote(text)],
    ] as const satisfies readonly (readonly [
      string,
      string | undefined,
      (text: string) => Promise<EvidenceReference>,
    ])[]
  ).flatMap(([flag, text, parse]) => (text === undefined ? [] : [{ flag, reference: () => parse(text) }]));
  const [first, second] = given;
  if (first && second) {
    throw new AppError('USAGE', `Give one piece of evidence at a time, not both ${first.flag} and ${second.flag}.`, {
      hint: 'aisafe evidence add --help',
    });
  }
  if (first) return { ids: words, reference: first.reference };
  const last = words.at(-1) ?? '';
  if (words.length > 1 && !isItem(last))
    return { ids: words.slice(0, -1), reference: () => parseEvidence(context, last) };
  return { ids: words, reference: () => askForReference(context, words) };
}

async function askForReference(context: Context, ids: readonly string[]): Promise<EvidenceReference> {
  const prompter = await context.prompter(
    `aisafe evidence add ${ids.join(' ')} --url URL (or --commit, --file, --note)`,
  );
  return parseEvidence(
    context,
    await prompter.text(`What shows it? ${referenceForms}:`, {
      check: (text) => (text.trim() === '' ? 'Something is needed here.' : undefined),
    }),
  );
}
