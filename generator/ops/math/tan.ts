import { unary } from '../shared/unary.ts';

/** ONNX Tan, of radians. */
export const tan = unary('Tan', () => Math.tan);
