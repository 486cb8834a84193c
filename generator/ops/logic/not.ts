import { unary } from '../shared/unary.ts';

/** ONNX Not of a truth value. */
export const not = unary('Not', () => (x) => (x === 0 ? 1 : 0), ['bool']);
