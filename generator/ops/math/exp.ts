import { unary } from '../shared/unary.ts';

/** ONNX Exp. */
export const exp = unary('Exp', () => Math.exp);
