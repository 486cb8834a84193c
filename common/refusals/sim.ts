/** Refusals ESC5xx: simulation, runtimes and modules. */
import { define } from './refusal.ts';

export const placeholder = define(
  'ESC000',
  () => 'placeholder.',
  () => 'Replace this.',
);
