/** What is asked around an answer: how sure, which points of the rubric, how well, and where to go from there. */
import type { Rating } from '../../core/schedule/card.js';
import type { Prompter } from '../../ui/prompter.js';

const confidences = [
  { key: '1', share: 0.5, label: '50 % (a guess)' },
  { key: '2', share: 0.65, label: '65 %' },
  { key: '3', share: 0.8, label: '80 %' },
  { key: '4', share: 0.95, label: '95 %' },
] as const;

/** How sure the learner is, 0.5 to 1, before the answer is shown. */
export async function askConfidence(prompter: Prompter): Promise<number> {
  const { key } = await prompter.keys({ message: 'How sure are you?', keys: confidences });
  return confidences.find((each) => each.key === key)?.share ?? confidences[0].share;
}

/** The ids of the rubric's points that the learner finds in the own answer. */
export async function askRubric(
  prompter: Prompter,
  rubric: readonly { readonly id: string }[],
): Promise<readonly string[]> {
  const digits = rubric.map((_, index) => String(index + 1));
  const { toggled } = await prompter.keys({
    message: 'Which of these points does your answer make?',
    toggles: digits.map((key) => ({ key, label: 'tick' })),
    keys: [],
  });
  return rubric.filter((_, index) => toggled.includes(digits[index] ?? '')).map(({ id }) => id);
}

const gradeNames: Readonly<Record<Rating, string>> = { 1: 'again', 2: 'hard', 3: 'good', 4: 'easy' };

/**
 * How well it was remembered, in the learner's own judgement.
 * @param intervals the grades that can be given, with what each leads to in words: `in 3 days`.
 */
export async function askRating(prompter: Prompter, intervals: ReadonlyMap<Rating, string>): Promise<Rating> {
  const { key } = await prompter.keys({
    message: 'How did it go?',
    keys: [...intervals].map(([rating, words]) => ({ key: String(rating), label: `${gradeNames[rating]} (${words})` })),
  });
  return [...intervals.keys()].find((rating) => String(rating) === key) ?? 1;
}

/** Is a question that now asks for something else to be learned from the beginning? */
export async function askAnew(prompter: Prompter): Promise<boolean> {
  const { key } = await prompter.keys({
    message: 'The next question was edited and asks for something else now. Begin anew with it?',
    keys: [
      { key: 'y', label: 'yes' },
      { key: 'n', label: 'no, keep when it comes back' },
    ],
  });
  return key === 'y';
}

export type AfterMove = 'next' | 'more' | 'flag' | 'drop' | 'undo' | 'quit';

/** After the reveal. */
export async function askNext(
  prompter: Prompter,
  { isLast, hasSource, isLeech }: { readonly isLast: boolean; readonly hasSource: boolean; readonly isLeech: boolean },
): Promise<AfterMove> {
  const { key } = await prompter.keys({
    message: isLast ? 'That was the last one.' : 'Next question?',
    keys: [
      { key: 'enter', label: isLast ? 'finish' : 'next' },
      { key: 'space', label: isLast ? 'finish' : 'next' },
      ...(hasSource ? [{ key: 'e', label: 'explain more' }] : []),
      { key: 'f', label: 'flag' },
      ...(isLeech ? [{ key: 'd', label: 'drop it from review' }] : []),
      { key: 'u', label: 'undo' },
      { key: 'q', label: 'quit' },
    ],
  });
  switch (key) {
    case 'e':
      return 'more';
    case 'f':
      return 'flag';
    case 'd':
      return 'drop';
    case 'u':
      return 'undo';
    case 'q':
      return 'quit';
    default:
      return 'next';
  }
}

/** What is wrong with a question, in a line; undefined when the learner thought better of it. */
export async function askFlagNote(prompter: Prompter): Promise<string | undefined> {
  const note = (await prompter.text('What is wrong with the question? Empty to go back:')).trim();
  return note === '' ? undefined : note;
}
