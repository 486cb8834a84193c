import { reduction } from '../shared/reduction.ts';

/** ONNX ReduceL1: the sum of magnitudes. */
export const reduceL1 = reduction('ReduceL1', {
  axesInput: 18,
  reduce: (values) => values.reduce((sum, x) => sum + Math.abs(x), 0),
});
