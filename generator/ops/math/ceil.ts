import { unary } from '../shared/unary.ts';

/** ONNX Ceil. */
export const ceil = unary('Ceil', () => Math.ceil);
