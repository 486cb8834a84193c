import { numericTypes } from '../shared/inputs.ts';
import { unary } from '../shared/unary.ts';

/** ONNX Abs. */
export const abs = unary('Abs', () => Math.abs, numericTypes);
