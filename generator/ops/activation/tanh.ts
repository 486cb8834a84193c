import { unary } from '../shared/unary.ts';

/** ONNX Tanh. */
export const tanh = unary('Tanh', () => Math.tanh);
