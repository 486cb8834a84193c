import { comparison } from '../shared/comparison.ts';

/** ONNX LessOrEqual: a <= b. */
export const lessOrEqual = comparison('LessOrEqual', (a, b) => a <= b);
