import { unary } from '../shared/unary.ts';

/** ONNX Sinh. */
export const sinh = unary('Sinh', () => Math.sinh);
