/** Refusals ESC2xx: pipeline files, recordings and windows. */
import { define } from './refusal.ts';

export const placeholder = define(
  'ESC000',
  () => 'placeholder.',
  () => 'Replace this.',
);
