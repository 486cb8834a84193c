import { comparison } from '../shared/comparison.ts';

/** ONNX Greater: a > b. */
export const greater = comparison('Greater', (a, b) => a > b);
