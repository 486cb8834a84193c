import { unary } from '../shared/unary.ts';

/** ONNX Sqrt; NaN for negative values. */
export const sqrt = unary('Sqrt', () => Math.sqrt);
