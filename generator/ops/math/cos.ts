import { unary } from '../shared/unary.ts';

/** ONNX Cos, of radians. */
export const cos = unary('Cos', () => Math.cos);
