import { bitwise } from '../shared/bitwise.ts';

/** ONNX BitwiseOr. */
export const bitwiseOr = bitwise('BitwiseOr', (a, b) => a | b);
