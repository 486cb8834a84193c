import { bitwise } from '../shared/bitwise.ts';

/** ONNX BitwiseXor. */
export const bitwiseXor = bitwise('BitwiseXor', (a, b) => a ^ b);
