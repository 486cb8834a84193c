import { unary } from '../shared/unary.ts';
import { softplusOf } from './softplus.ts';

/** ONNX Mish: x tanh(log(1 + exp(x))). */
export const mish = unary('Mish', () => (x) => x * Math.tanh(softplusOf(x)));
