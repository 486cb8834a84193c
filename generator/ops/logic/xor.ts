import { comparison } from '../shared/comparison.ts';

/** ONNX Xor of two truth values. */
export const xor = comparison('Xor', (a, b) => a !== b, ['bool']);
