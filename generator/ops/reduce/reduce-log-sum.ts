import { reduction } from '../shared/reduction.ts';

/** ONNX ReduceLogSum: log of the sum. */
export const reduceLogSum = reduction('ReduceLogSum', {
  axesInput: 18,
  reduce: (values) => Math.log(values.reduce((a, b) => a + b, 0)),
});
