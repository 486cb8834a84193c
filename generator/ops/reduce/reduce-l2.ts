import { reduction } from '../shared/reduction.ts';

/** ONNX ReduceL2: the Euclidean length. */
export const reduceL2 = reduction('ReduceL2', {
  axesInput: 18,
  reduce: (values) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0)),
});
