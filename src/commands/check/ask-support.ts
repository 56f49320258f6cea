/** Asks what shows a level: evidence, or the learner's own word, said to be so. */
import type { Context } from '../../context.js';
import { countsFor, isSameReference, referenceText } from '../../core/assessment/reference.js';
import type { SessionMove } from '../../core/assessment/session.js';
import { criterionIds, linkedEvidence, weighEvidence } from '../../core/assessment/support.js';
import type { Criterion } from '../../core/curriculum/model.js';
import type { EvidenceReference } from '../../core/progress/event.js';
import { evidenceFor } from '../../core/progress/progress.js';
import type { EvidenceState } from '../../core/progress/state.js';
import { AppError } from '../../errors.js';
import { newId } from '../../platform/new-id.js';
import type { Choice, Prompter } from '../../ui/prompter.js';
import { safeText } from '../../ui/safe-text.js';
import { paragraph } from '../../ui/text.js';
import { parseEvidence, parseNote, referenceForms } from '../evidence/reference.js';
import type { Study } from '../lookup.js';
import { tell } from '../tell.js';
import type { NewEvidence, Sitting } from './sitting.js';

interface Question {
  readonly context: Context;
  readonly prompter: Prompter;
  readonly study: Study;
  readonly sitting: Sitting;
  readonly criterion: Criterion;
}

interface Supported {
  readonly move: SessionMove;
  readonly added: readonly NewEvidence[];
}

type Choosing = 'enough' | 'explain' | 'pick' | 'add' | 'attest' | 'skip' | 'back' | 'quit';

/** Asks until there is evidence, or the learner's word, or another move. Nothing is saved before that. */
export async function askSupport(question: Question): Promise<Supported> {
  const { context, prompter, criterion } = question;
  const known = knownEvidence(question);
  let picked: readonly EvidenceState[] = [];
  const added: NewEvidence[] = [];
  for (;;) {
    const references = [...picked, ...added].map((each) => each.reference);
    switch (await prompter.choose(whatCounts(criterion), choicesFor(criterion, references, known.length))) {
      case 'enough':
        return {
          move: {
            type: 'support',
            support: { type: 'evidence', evidence: [...picked, ...added].map((each) => each.id) },
          },
          added,
        };
      case 'attest':
        return { move: { type: 'support', support: { type: 'self-attested' } }, added };
      case 'explain': {
        const text = await prompter.lines('Your explanation; an empty line ends it:');
        if (text.trim() !== '') added.push({ id: freshId(question, added), reference: parseNote(text) });
        break;
      }
      case 'pick':
        picked = await prompter.chooseMany(
          'Which of these?',
          known.map((each) => ({ name: nameOf(criterion, each.reference), value: each })),
          picked,
        );
        break;
      case 'add': {
        const reference = await askReference(context, prompter);
        const same = reference && known.find((each) => isSameReference(each.reference, reference));
        if (same) picked = picked.includes(same) ? picked : [...picked, same];
        else if (reference) await addPiece(question, added, reference);
        break;
      }
      case 'skip':
        return { move: { type: 'skip' }, added: [] };
      case 'back':
        return { move: { type: 'back' }, added: [] };
      case 'quit':
        return { move: { type: 'quit' }, added: [] };
    }
  }
}

/** Adds a piece that is not on record yet, and says when it is of a kind that does not count. */
async function addPiece(question: Question, added: NewEvidence[], reference: EvidenceReference): Promise<void> {
  const { context, criterion } = question;
  if (!added.some((each) => isSameReference(each.reference, reference))) {
    added.push({ id: freshId(question, added), reference });
  }
  if (countsFor(criterion, reference)) return;
  const words = `It is kept with your answer, but ${doesNotCount(criterion, reference.type)}.`;
  await tell(context, (ui) => paragraph(ui, safeText(words)));
}

function freshId({ context, study }: Question, added: readonly NewEvidence[]): string {
  const { evidence } = study.store.progress();
  return newId(context.random, (id) => evidence.has(id) || added.some((each) => each.id === id));
}

/** Evidence that may serve here: for this criterion or a task it covers, and not known to be broken. */
function knownEvidence({ study, sitting, criterion }: Question): readonly EvidenceState[] {
  const tasks = (criterion.covers.tasks ?? []).flatMap((id) => {
    const item = study.items.get(id);
    return item?.kind === 'task' ? [item.task.id, ...(item.task.aliases ?? [])] : [];
  });
  const progress = study.store.progress();
  const ids = [...criterionIds(sitting.checkpoint, criterion), ...tasks];
  const all = [
    ...evidenceFor(progress, study.curriculum, ids),
    ...linkedEvidence(progress, study.curriculum, sitting.checkpoint, criterion),
  ];
  return [...new Set(all)].filter((each) => each.verified?.holds !== false);
}

function choicesFor(
  criterion: Criterion,
  references: readonly EvidenceReference[],
  known: number,
): readonly Choice<Choosing>[] {
  const { backed: counting, needsExplanation } = weighEvidence(criterion, references);
  const amount = `${references.length} ${references.length === 1 ? 'piece' : 'pieces'} of evidence`;
  const choices: Choice<Choosing>[] = [];
  if (counting) choices.push({ name: `That is all: ${amount}`, value: 'enough' });
  if (needsExplanation)
    choices.push({ name: 'Explain it in your own words: the lab shows the code', value: 'explain' });
  if (known > 0) choices.push({ name: `Choose from evidence you have added (${known})`, value: 'pick' });
  choices.push({ name: 'Add evidence', value: 'add' }, { name: 'My own word (self-attested)', value: 'attest' });
  if (references.length > 0 && !counting) {
    const lacks = needsExplanation ? 'without an explanation' : 'none of a kind that counts here';
    choices.push({ name: `That is all: ${amount}, ${lacks}`, value: 'enough' });
  }
  choices.push(
    { name: 'Skip this one', value: 'skip' },
    { name: 'Back to the level', value: 'back' },
    { name: 'Stop here; my answers are kept', value: 'quit' },
  );
  return choices;
}

async function askReference(context: Context, prompter: Prompter): Promise<EvidenceReference | undefined> {
  const text = await prompter.text(`${referenceForms}; empty to go back:`);
  if (text.trim() === '') return undefined;
  try {
    return await parseEvidence(context, text);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    context.say(safeText(error.hint === undefined ? error.message : `${error.message}\n${error.hint}`));
    return undefined;
  }
}

function whatCounts({ evidence = [] }: Criterion): string {
  return evidence.length === 0 ? 'What shows it?' : `What shows it? What counts here: ${evidence.join(', ')}`;
}

function nameOf(criterion: Criterion, reference: EvidenceReference): string {
  const note = countsFor(criterion, reference) ? '' : ' (does not count here)';
  return `${reference.type} ${referenceText(reference)}${note}`;
}

function doesNotCount({ evidence = [] }: Criterion, type: EvidenceReference['type']): string {
  return `${type} evidence does not count for this question; what counts is ${evidence.join(', ')}`;
}
