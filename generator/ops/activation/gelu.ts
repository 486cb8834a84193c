import { erfOf } from '../math/erf.ts';
import { unary } from '../shared/unary.ts';

/** ONNX Gelu: x / 2 (1 + erf(x / sqrt(2))), or its approximation by tanh. */
export const gelu = unary('Gelu', (attributes) => {
  if (attributes.choice('approximate', ['none', 'tanh'], 'none') === 'none') {
    return (x) => 0.5 * x * (1 + erfOf(x / Math.SQRT2));
  }
  return (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
});
