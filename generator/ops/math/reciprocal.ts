import { unary } from '../shared/unary.ts';

/** ONNX Reciprocal: 1 / x. */
export const reciprocal = unary('Reciprocal', () => (x) => 1 / x);
