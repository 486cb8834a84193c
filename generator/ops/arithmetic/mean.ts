import { variadic } from '../shared/variadic.ts';

/** ONNX Mean of all inputs, element by element. */
export const mean = variadic(
  'Mean',
  (a, b) => a + b,
  (total, count) => total / count,
);
