import { variadic } from '../shared/variadic.ts';

/** ONNX Max: the largest input, element by element; NaN wins. */
export const max = variadic('Max', Math.max);
