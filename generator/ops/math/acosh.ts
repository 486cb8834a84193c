import { unary } from '../shared/unary.ts';

/** ONNX Acosh. */
export const acosh = unary('Acosh', () => Math.acosh);
