import { unary } from '../shared/unary.ts';

/** ONNX Acos, in radians. */
export const acos = unary('Acos', () => Math.acos);
