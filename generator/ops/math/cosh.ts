import { unary } from '../shared/unary.ts';

/** ONNX Cosh. */
export const cosh = unary('Cosh', () => Math.cosh);
