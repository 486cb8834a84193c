import { argExtreme } from '../shared/arg-extreme.ts';

/** ONNX ArgMax. */
export const argMax = argExtreme('ArgMax', (a, b) => a > b);
