import { argExtreme } from '../shared/arg-extreme.ts';

/** ONNX ArgMin. */
export const argMin = argExtreme('ArgMin', (a, b) => a < b);
