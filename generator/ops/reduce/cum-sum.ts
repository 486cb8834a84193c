import { cumulative } from '../shared/cumulative.ts';

/** ONNX CumSum. */
export const cumSum = cumulative('CumSum', 0, (a, b) => a + b);
