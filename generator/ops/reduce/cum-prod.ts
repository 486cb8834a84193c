import { cumulative } from '../shared/cumulative.ts';

/** ONNX CumProd. */
export const cumProd = cumulative('CumProd', 1, (a, b) => a * b);
