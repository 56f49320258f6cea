/** Asks for the answer to one question: one key where that is enough, else a typed line. */
import type { Answer, QuestionInstance } from '../../core/quiz/answer.js';
import { parseAnswer } from '../../core/quiz/parse-answer.js';
import type { Key } from '../../ui/ask-keys.js';
import type { Prompter } from '../../ui/prompter.js';
import { letter, optionKeys } from './question.view.js';

export type AnswerMove =
  | { readonly type: 'answer'; readonly answer: Answer }
  /** What was written to an explain question; the rubric is ticked after. */
  | { readonly type: 'written'; readonly text: string }
  | { readonly type: 'flag' }
  | { readonly type: 'undo' }
  | { readonly type: 'quit' };

/** @param canUndo is there an answer to take back? */
export async function askAnswer(prompter: Prompter, instance: QuestionInstance, canUndo: boolean): Promise<AnswerMove> {
  const { form } = instance;
  switch (form.kind) {
    case 'choice':
      return askChoice(prompter, form.options.length, canUndo);
    case 'multi':
      return askMulti(prompter, form.options.length, canUndo);
    case 'cloze':
      return askCloze(prompter, instance, form.blanks, canUndo);
    case 'explain': {
      const message = `${lineCommands(canUndo)}\nYour answer; an empty line ends it:`;
      const written = await prompter.lines(message, (first) => commandIn(first, canUndo) !== undefined);
      if (written.trim() === '') return { type: 'answer', answer: { type: 'skipped' } };
      return commandIn(written, canUndo) ?? { type: 'written', text: written };
    }
    case 'number':
    case 'text':
    case 'order':
    case 'match':
      return askLine(prompter, instance, wanted(instance), canUndo);
  }
}

function moveKeys(canUndo: boolean): readonly Key[] {
  return [
    { key: '?', label: "I don't know" },
    { key: 's', label: 'skip' },
    { key: 'f', label: 'flag' },
    ...(canUndo ? [{ key: 'u', label: 'undo the last' }] : []),
    { key: 'q', label: 'quit' },
  ];
}

function moveOf(key: string): AnswerMove {
  switch (key) {
    case '?':
      return { type: 'answer', answer: { type: 'unknown' } };
    case 's':
      return { type: 'answer', answer: { type: 'skipped' } };
    case 'f':
      return { type: 'flag' };
    case 'u':
      return { type: 'undo' };
    case 'q':
      return { type: 'quit' };
    default:
      throw new RangeError(`the key ${key}`);
  }
}

async function askChoice(prompter: Prompter, options: number, canUndo: boolean): Promise<AnswerMove> {
  const marks = optionKeys(options);
  const { key } = await prompter.keys({
    message: 'Your answer:',
    keys: [...marks.map((each) => ({ key: each, label: 'answer' })), ...moveKeys(canUndo)],
  });
  const option = marks.indexOf(key);
  return option < 0 ? moveOf(key) : { type: 'answer', answer: { type: 'choice', option } };
}

async function askMulti(prompter: Prompter, options: number, canUndo: boolean): Promise<AnswerMove> {
  const digits = Array.from({ length: options }, (_, index) => String(index + 1));
  for (;;) {
    const { key, toggled } = await prompter.keys({
      message: 'All that apply:',
      toggles: digits.map((each) => ({ key: each, label: 'choose' })),
      keys: moveKeys(canUndo),
    });
    if (key !== 'enter') return moveOf(key);
    if (toggled.length > 0)
      return { type: 'answer', answer: { type: 'multi', options: toggled.map((each) => digits.indexOf(each)) } };
  }
}

function lineCommands(canUndo: boolean): string {
  const words = moveKeys(canUndo).map(({ key, label }) => `${key === '?' ? key : `/${key}`} ${label}`);
  return `[${words.join(', ')}]`;
}

/** `?` alone, `/s`, `/f`, `/u`, `/q`: what is typed where an answer is typed. */
function commandIn(text: string, canUndo: boolean): AnswerMove | undefined {
  const word = text.trim().toLowerCase();
  const found = moveKeys(canUndo).find(({ key }) => word === (key === '?' ? key : `/${key}`));
  return found && moveOf(found.key);
}

function wanted({ form }: QuestionInstance): string {
  switch (form.kind) {
    case 'number':
      return form.unit === null ? 'A number:' : `A number, in ${form.unit}:`;
    case 'order':
      return `The numbers in the right order, such as ${form.items
        .map((_, index) => index + 1)
        .reverse()
        .join(' ')}:`;
    case 'match':
      return `The number that belongs to ${form.left.map((_, index) => letter(index)).join(', ')}, in this order:`;
    default:
      return 'Your answer:';
  }
}

async function askLine(
  prompter: Prompter,
  instance: QuestionInstance,
  message: string,
  canUndo: boolean,
): Promise<AnswerMove> {
  const typed = await prompter.text(`${lineCommands(canUndo)}\n${message}`, {
    check: (text) => {
      if (text.trim() === '') return 'Nothing was typed; /s skips the question.';
      if (commandIn(text, canUndo)) return undefined;
      const parsed = parseAnswer(instance, text);
      return 'problem' in parsed ? parsed.problem : undefined;
    },
  });
  const command = commandIn(typed, canUndo);
  if (command) return command;
  const answer = parseAnswer(instance, typed);
  if ('problem' in answer) throw new RangeError(answer.problem);
  return { type: 'answer', answer };
}

async function askCloze(
  prompter: Prompter,
  instance: QuestionInstance,
  blanks: number,
  canUndo: boolean,
): Promise<AnswerMove> {
  const texts: string[] = [];
  for (let blank = 1; blank <= blanks; blank++) {
    const message = blanks === 1 ? 'What belongs in the blank:' : `What belongs in blank ${blank}:`;
    const typed = await prompter.text(blank === 1 ? `${lineCommands(canUndo)}\n${message}` : message, {
      check: (text) => (text.trim() === '' ? 'Nothing was typed; /s skips the question.' : undefined),
    });
    const command = commandIn(typed, canUndo);
    if (command) return command;
    texts.push(typed.trim());
  }
  const answer = parseAnswer(instance, texts);
  return { type: 'answer', answer: 'problem' in answer ? { type: 'cloze', texts } : answer };
}
