import { unary } from '../shared/unary.ts';

/** ONNX Elu: x, or alpha (exp(x) - 1) below 0. */
export const elu = unary('Elu', (attributes) => {
  const alpha = attributes.number('alpha', 1);
  return (x) => (x < 0 ? alpha * Math.expm1(x) : x);
});
