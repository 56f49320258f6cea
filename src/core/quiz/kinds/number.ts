import type { NumberQuestion } from '../../curriculum/model.js';
import { formatNumber } from '../format-number.js';
import { drawParameters, numberAnswer } from '../parameters.js';
import { readNumber } from '../read-number.js';
import { parseTemplate, renderTemplate } from '../template.js';
import { conversionFactor } from '../units.js';
import { type KindOf, resultOf } from './kind.js';

/** A number within a tolerance, often with parameters that are drawn anew each time. */
export const number: KindOf<'number'> = {
  draw(question, seed) {
    const { values } = drawParameters(question, seed);
    const fill = (text: string) => renderTemplate(parseTemplate(text), values);
    return {
      prompt: fill(question.prompt),
      explanation: fill(question.explanation),
      form: { kind: 'number', unit: question.unit ?? null },
    };
  },

  parse(question, _seed, input) {
    if (typeof input === 'number' && Number.isFinite(input)) return { type: 'number', value: input };
    if (typeof input !== 'string') return { problem: 'an answer here is a number' };
    const text = input.trim().replace(/^[=≈~]\s*/, '');
    const whole = readNumber(text);
    if (whole !== undefined) return { type: 'number', value: whole };
    const { written, unit } = splitUnit(text);
    const value = readNumber(written);
    if (value === undefined) return { problem: `“${text.slice(0, 40)}” is not a number` };
    const factor = conversionFactor(unit, question.unit ?? null);
    if (factor !== undefined) return { type: 'number', value: value * factor };
    const wanted = question.unit === undefined ? 'a number alone' : `a number in ${question.unit}`;
    return { problem: `“${unit.slice(0, 40)}” is not a unit of the answer, which is ${wanted}` };
  },

  grade(question, seed, { value }) {
    const answer = numberAnswer(question, drawParameters(question, seed).values);
    const score = isWithin(question, answer, value) ? 1 : 0;
    return { result: resultOf(score), score, remarks: [] };
  },

  expected(question, seed) {
    const answer = numberAnswer(question, drawParameters(question, seed).values);
    const shown = formatNumber(answer, shownDigits(question, answer));
    return question.unit === undefined ? shown : `${shown} ${question.unit}`;
  },
};

/** The error of binary arithmetic, relative to the answer: it never decides. */
const arithmeticSlack = 1e-9;

function isWithin({ tolerance }: NumberQuestion, answer: number, value: number): boolean {
  const slack = arithmeticSlack * Math.max(1, Math.abs(answer));
  const allowed = tolerance?.absolute ?? (tolerance?.relative ?? 0) * Math.abs(answer);
  return Math.abs(value - answer) <= allowed + slack;
}

/** Enough digits that whoever types what is shown is right; whole numbers are shown whole. */
function shownDigits({ tolerance }: NumberQuestion, answer: number): number | undefined {
  if (Number.isInteger(answer) || answer === 0) return undefined;
  const allowed = tolerance?.absolute ?? (tolerance?.relative ?? 0) * Math.abs(answer);
  if (allowed === 0) return undefined;
  const beyond = Math.floor(Math.log10(Math.abs(answer))) - Math.floor(Math.log10(allowed));
  return Math.min(12, Math.max(3, beyond + 2));
}

/** The unit is what follows the last digit, point or closing bracket of a number. */
function splitUnit(text: string): { readonly written: string; readonly unit: string } {
  const match = /^(.*?[\d.)])\s*([^\d\s][^\d]*|1?\/\s?\p{L}+)$/u.exec(text);
  return { written: match?.[1] ?? text, unit: match?.[2]?.trim() ?? '' };
}
