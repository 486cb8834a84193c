import { numericTypes } from '../shared/inputs.ts';
import { unary } from '../shared/unary.ts';

/** ONNX Sign: -1, 0 or 1. */
export const sign = unary('Sign', () => Math.sign, numericTypes);
