/** Refusals ESC6xx: the command line. */
import { define } from './refusal.ts';

export const placeholder = define(
  'ESC000',
  () => 'placeholder.',
  () => 'Replace this.',
);
