import { reduction } from '../shared/reduction.ts';

/** ONNX ReduceMean: the arithmetic mean. */
export const reduceMean = reduction('ReduceMean', {
  axesInput: 18,
  reduce: (values) => values.reduce((a, b) => a + b, 0) / values.length,
});
