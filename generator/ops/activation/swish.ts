import { unary } from '../shared/unary.ts';
import { logistic } from './sigmoid.ts';

/** ONNX Swish: x sigmoid(alpha x). */
export const swish = unary('Swish', (attributes) => {
  const alpha = attributes.number('alpha', 1);
  return (x) => x * logistic(alpha * x);
});
