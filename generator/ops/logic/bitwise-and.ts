import { bitwise } from '../shared/bitwise.ts';

/** ONNX BitwiseAnd. */
export const bitwiseAnd = bitwise('BitwiseAnd', (a, b) => a & b);
