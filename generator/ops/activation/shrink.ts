import { numericTypes } from '../shared/inputs.ts';
import { unary } from '../shared/unary.ts';

/** ONNX Shrink: moves x towards 0 by bias beyond lambd on either side, 0 between. */
export const shrink = unary(
  'Shrink',
  (attributes) => {
    const bias = attributes.number('bias', 0);
    const lambd = attributes.number('lambd', 0.5);
    return (x) => (x < -lambd ? x + bias : x > lambd ? x - bias : 0);
  },
  numericTypes,
);
