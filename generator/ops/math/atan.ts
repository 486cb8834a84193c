import { unary } from '../shared/unary.ts';

/** ONNX Atan, in radians. */
export const atan = unary('Atan', () => Math.atan);
