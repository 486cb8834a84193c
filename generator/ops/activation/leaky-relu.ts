import { unary } from '../shared/unary.ts';

/** ONNX LeakyRelu: x, or alpha x below 0. */
export const leakyRelu = unary('LeakyRelu', (attributes) => {
  const alpha = attributes.number('alpha', 0.01);
  return (x) => (x < 0 ? alpha * x : x);
});
