/** Refusals ESC1xx: ONNX import, graph and operators. */
import { define } from './refusal.ts';

export const placeholder = define(
  'ESC000',
  () => 'placeholder.',
  () => 'Replace this.',
);
