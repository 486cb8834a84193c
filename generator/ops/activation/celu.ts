import { unary } from '../shared/unary.ts';

/** ONNX Celu: max(0, x) + min(0, alpha (exp(x / alpha) - 1)). */
export const celu = unary('Celu', (attributes) => {
  const alpha = attributes.number('alpha', 1);
  return (x) => Math.max(0, x) + Math.min(0, alpha * Math.expm1(x / alpha));
});
