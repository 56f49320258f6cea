/** What a learner expects of a lab: asked before the work, on a terminal or on the command line. */
import type { Context } from '../../context.js';
import type { Lab, Prediction } from '../../core/curriculum/model.js';
import type { PredictionAnswer } from '../../core/progress/lab-event.js';
import { nearest } from '../../core/search/nearest.js';
import { AppError } from '../../errors.js';
import type { Prompter } from '../../ui/prompter.js';
import { safeText } from '../../ui/safe-text.js';
import { paragraph } from '../../ui/text.js';
import { tell } from '../tell.js';

const directions = ['up', 'down', 'same'] as const;

/**
 * Predictions as they are written on the command line: `raw-spread=8`, `sharper=up`.
 * @throws AppError BAD_VALUE
 */
export function readPredictions(lab: Lab, words: readonly string[]): ReadonlyMap<string, PredictionAnswer> {
  const predictions = lab.predict ?? [];
  return new Map(
    words.map((word) => {
      const [, id = '', text = ''] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
      const prediction = predictions.find((each) => each.id === id.trim());
      if (!prediction) throw unknown(lab, word, id || word);
      const answer = parseAnswer(prediction, text);
      if (answer) return [prediction.id, answer] as const;
      throw new AppError(
        'BAD_VALUE',
        `“${text}” is no answer to the prediction “${prediction.id}”: write ${formOf(prediction)}.`,
        {
          hint: `aisafe lab start ${lab.id} --predict ${prediction.id}=${prediction.kind === 'number' ? '1.5' : 'up'}`,
        },
      );
    }),
  );
}

/** Asks each in turn; whatever is left empty is an honest “I don't know”. */
export async function askPredictions(
  context: Context,
  lab: Lab,
  predictions: readonly Prediction[],
): Promise<ReadonlyMap<string, PredictionAnswer>> {
  if (predictions.length === 0) return new Map();
  const prompter = await context.prompter(`aisafe lab start ${lab.id} --no-predictions`);
  await tell(context, (ui) =>
    paragraph(
      ui,
      `${ui.style.heading(safeText(lab.title))}: before you begin, what do you expect? It is scored when you have passed, and costs nothing.`,
    ),
  );
  const answers = new Map<string, PredictionAnswer>();
  for (const prediction of predictions) answers.set(prediction.id, await askOne(prompter, prediction));
  return answers;
}

async function askOne(prompter: Prompter, prediction: Prediction): Promise<PredictionAnswer> {
  const prompt = safeText(prediction.prompt);
  if (prediction.kind === 'direction') {
    return prompter.choose<PredictionAnswer>(prompt, [
      { name: 'Up, or larger', value: { type: 'direction', direction: 'up' } },
      { name: 'Down, or smaller', value: { type: 'direction', direction: 'down' } },
      { name: 'About the same', value: { type: 'direction', direction: 'same' } },
      { name: "I don't know", value: { type: 'unknown' } },
    ]);
  }
  const text = await prompter.text(`${prompt} (a number; empty: I don't know)`, {
    check: (typed) => (parseAnswer(prediction, typed) ? undefined : 'Write a number such as 0.25 or 3e-4.'),
  });
  return parseAnswer(prediction, text) ?? { type: 'unknown' };
}

function parseAnswer({ kind }: Prediction, text: string): PredictionAnswer | undefined {
  const word = text.trim().toLowerCase();
  if (word === '' || word === '?') return { type: 'unknown' };
  if (kind === 'direction') {
    const direction = directions.find((each) => each === word);
    return direction && { type: 'direction', direction };
  }
  const value = parseDecimal(word);
  return value === undefined ? undefined : { type: 'number', value };
}

function parseDecimal(text: string): number | undefined {
  const value = Number(text.replace(/^(-?\d+),(\d+)$/, '$1.$2'));
  return text !== '' && Number.isFinite(value) ? value : undefined;
}

function formOf({ kind }: Prediction): string {
  return kind === 'number' ? 'a number, or ?' : 'up, down, same or ?';
}

function unknown(lab: Lab, word: string, id: string): AppError {
  const ids = (lab.predict ?? []).map((each) => each.id);
  if (!word.includes('=')) {
    return new AppError('BAD_VALUE', `--predict takes <prediction>=<answer>, not “${word}”.`, {
      hint: `aisafe lab start ${lab.id} --predict ${ids[0] ?? 'name'}=1`,
    });
  }
  const [near] = nearest(id, ids, 1);
  const known = ids.length === 0 ? 'It asks for none.' : `It has ${ids.join(', ')}.`;
  return new AppError('BAD_VALUE', `The lab “${lab.id}” has no prediction “${id}”. ${known}`, {
    hint: near === undefined ? `aisafe lab start ${lab.id}` : `aisafe lab start ${lab.id} --predict ${near}=1`,
  });
}
