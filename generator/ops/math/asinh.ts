import { unary } from '../shared/unary.ts';

/** ONNX Asinh. */
export const asinh = unary('Asinh', () => Math.asinh);
