import { reduction } from '../shared/reduction.ts';

/** ONNX ReduceSumSquare: the sum of squares. */
export const reduceSumSquare = reduction('ReduceSumSquare', {
  axesInput: 18,
  reduce: (values) => values.reduce((sum, x) => sum + x * x, 0),
});
