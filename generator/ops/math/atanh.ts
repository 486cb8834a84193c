import { unary } from '../shared/unary.ts';

/** ONNX Atanh. */
export const atanh = unary('Atanh', () => Math.atanh);
