import { unary } from '../shared/unary.ts';

/** ONNX Sin, of radians. */
export const sin = unary('Sin', () => Math.sin);
