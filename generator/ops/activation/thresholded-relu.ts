import { unary } from '../shared/unary.ts';

/** ONNX ThresholdedRelu: x above alpha, else 0. */
export const thresholdedRelu = unary('ThresholdedRelu', (attributes) => {
  const alpha = attributes.number('alpha', 1);
  return (x) => (x > alpha ? x : 0);
});
