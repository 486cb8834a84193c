import { unary } from '../shared/unary.ts';

/** ONNX Floor. */
export const floor = unary('Floor', () => Math.floor);
