import { comparison } from '../shared/comparison.ts';

/** ONNX Or of two truth values. */
export const or = comparison('Or', (a, b) => a !== 0 || b !== 0, ['bool']);
