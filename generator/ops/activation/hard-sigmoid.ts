import { unary } from '../shared/unary.ts';

/** ONNX HardSigmoid: alpha x + beta, kept within 0 and 1. */
export const hardSigmoid = unary('HardSigmoid', (attributes) => {
  const alpha = attributes.number('alpha', 0.2);
  const beta = attributes.number('beta', 0.5);
  return (x) => Math.max(0, Math.min(1, alpha * x + beta));
});
