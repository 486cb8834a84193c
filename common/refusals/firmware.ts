/** Refusals ESC7xx: module lint, firmware bundles and self-tests. */
import { didYouMean } from '../nearest.ts';
import { define } from './refusal.ts';

// ESC701 to ESC709: modules and runtimes.

export const unknownRuntime = define(
  'ESC701',
  (name: string, known: readonly string[]) =>
    `There is no firmware runtime "${name}".${didYouMean(name, known)}`,
  (_name, known) => `Use one of ${known.join(', ')}.`,
);

export const malformedModule = define(
  'ESC702',
  (what: string, offset: number) => `The module cannot be read at byte ${offset}: ${what}.`,
  () => 'Give the .wasm file that escapement compile wrote, or compile yours again.',
);
