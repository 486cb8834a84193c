/** Refusals ESC4xx: boards and parts. */
import { define } from './refusal.ts';

export const placeholder = define(
  'ESC000',
  () => 'placeholder.',
  () => 'Replace this.',
);
