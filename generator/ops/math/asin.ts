import { unary } from '../shared/unary.ts';

/** ONNX Asin, in radians. */
export const asin = unary('Asin', () => Math.asin);
