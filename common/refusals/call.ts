/** Refusals ESC426 to ESC439: timing one call of a module that somebody else compiled. */
import { listed } from '../listed.ts';
import { didYouMean } from '../nearest.ts';
import { define } from './refusal.ts';

export const argumentDoesNotFit = define(
  'ESC426',
  (entry: string, position: number, type: string, text: string, _fits: string) =>
    `Argument ${position} of "${entry}" is an ${type}, and ${text} does not fit one.`,
  (_entry: string, _position: number, _type: string, _text: string, fits: string) => `Give ${fits}.`,
);

export const outOfFuel = define(
  'ESC427',
  (what: string, steps: number) =>
    `${what} has not returned after ${steps} loop iterations and calls; it may never do.`,
  () => 'Give arguments for which it ends, or allow more with --fuel.',
);

export const exportIsNoFunction = define(
  'ESC428',
  (name: string, kind: string, _functions: readonly string[]) =>
    `The module exports "${name}", but as a ${kind}, not as a function.`,
  (name: string, _kind: string, functions: readonly string[]) =>
    functions.length
      ? `Name one of ${listed(functions)} with --entry.${didYouMean(name, functions)}`
      : 'Export a function.',
);

export const trappedBeforeCall = define(
  'ESC429',
  (where: string, message: string) => `${where}, which runs before the call, trapped: ${message}.`,
  () => 'Mend it, or link the module without it.',
);

export const cannotInstantiate = define(
  'ESC430',
  (message: string) => `The module validates but cannot be instantiated here: ${message}.`,
  () => 'Check the size of its memory and where its data and element segments lie.',
);

export const cannotCount = define(
  'ESC431',
  (message: string) =>
    `The module is too large to be counted: with counters it does not compile (${message}).`,
  () => 'Time a smaller part of it: link only the entry and what it calls.',
);
