import { comparison } from '../shared/comparison.ts';

/** ONNX GreaterOrEqual: a >= b. */
export const greaterOrEqual = comparison('GreaterOrEqual', (a, b) => a >= b);
