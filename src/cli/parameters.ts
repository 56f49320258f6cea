/** The parameters of commands: how they are written and how their text becomes a value. */
import { AppError } from '../errors.js';

/** Turns what was typed into a value; throws AppError BAD_VALUE through `reject`. */
export type Parse<T> = (text: string) => T;

interface ParameterBase {
  readonly summary: string;
}

export interface Argument extends ParameterBase {
  readonly kind: 'argument';
  readonly name: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly parse: Parse<unknown>;
}

export interface Option extends ParameterBase {
  readonly kind: 'option';
  /** As commander writes it: `-m, --minutes <n>`. */
  readonly flags: string;
  readonly repeatable: boolean;
  readonly parse: Parse<unknown>;
}

export interface Flag extends ParameterBase {
  readonly kind: 'flag';
  readonly flags: string;
}

declare const valueType: unique symbol;
/** A parameter whose parsed value is a `T`. */
export type Parameter<T> = (Argument | Option | Flag) & { readonly [valueType]?: T };

const text: Parse<string> = (value) => value;

/** A required argument. */
export function argument(name: string, summary: string): Parameter<string> {
  return { kind: 'argument', name, summary, required: true, variadic: false, parse: text };
}

export function optionalArgument(name: string, summary: string): Parameter<string | undefined>;
export function optionalArgument<T>(name: string, summary: string, parse: Parse<T>): Parameter<T | undefined>;
export function optionalArgument(name: string, summary: string, parse: Parse<unknown> = text): Parameter<unknown> {
  return { kind: 'argument', name, summary, required: false, variadic: false, parse };
}

/** One or more values. */
export function someArguments(name: string, summary: string): Parameter<readonly string[]> {
  return { kind: 'argument', name, summary, required: true, variadic: true, parse: text };
}

/** Any number of values, none included. */
export function anyArguments(name: string, summary: string): Parameter<readonly string[]> {
  return { kind: 'argument', name, summary, required: false, variadic: true, parse: text };
}

/** `--why`: true when given. */
export function flag(flags: string, summary: string): Parameter<boolean> {
  return { kind: 'flag', flags, summary };
}

/** `--minutes <n>`: undefined when not given. */
export function option(flags: string, summary: string): Parameter<string | undefined>;
export function option<T>(flags: string, summary: string, parse: Parse<T>): Parameter<T | undefined>;
export function option(flags: string, summary: string, parse: Parse<unknown> = text): Parameter<unknown> {
  return { kind: 'option', flags, summary, repeatable: false, parse };
}

/** An option that may be given several times. */
export function options(flags: string, summary: string): Parameter<readonly string[]> {
  return { kind: 'option', flags, summary, repeatable: true, parse: text };
}

/** A whole number within bounds, both included. */
export function wholeNumber(min: number, max: number): Parse<number> {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) {
      throw new AppError('BAD_VALUE', `“${value}” is not a whole number from ${min} to ${max}.`);
    }
    return number;
  };
}

/** A number within bounds, both included. */
export function decimal(min: number, max: number): Parse<number> {
  return (value) => {
    const number = Number(value);
    if (value.trim() === '' || !(number >= min && number <= max)) {
      throw new AppError('BAD_VALUE', `“${value}” is not a number from ${min} to ${max}.`);
    }
    return number;
  };
}

/** One of a few words. */
export function oneOf<const W extends readonly string[]>(words: W): Parse<W[number]> {
  return (value) => {
    const word = words.find((each) => each === value);
    if (word === undefined) throw new AppError('BAD_VALUE', `“${value}” is not one of ${words.join(', ')}.`);
    return word;
  };
}

/** A day, YYYY-MM-DD, that exists. */
export function calendarDay(value: string): string {
  const date = new Date(`${value}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value) {
    throw new AppError('BAD_VALUE', `“${value}” is not a date. Write it as YYYY-MM-DD.`);
  }
  return value;
}
