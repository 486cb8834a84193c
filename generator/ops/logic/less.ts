import { comparison } from '../shared/comparison.ts';

/** ONNX Less: a < b. */
export const less = comparison('Less', (a, b) => a < b);
