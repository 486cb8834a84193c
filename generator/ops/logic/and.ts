import { comparison } from '../shared/comparison.ts';

/** ONNX And of two truth values. */
export const and = comparison('And', (a, b) => a !== 0 && b !== 0, ['bool']);
