import { predicate } from '../shared/predicate.ts';

/** ONNX IsNaN. */
export const isNaN = predicate('IsNaN', () => Number.isNaN);
