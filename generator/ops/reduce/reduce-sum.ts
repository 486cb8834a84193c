import { reduction } from '../shared/reduction.ts';

export const sumOf = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/** ONNX ReduceSum (axes are an input from operator set 13 on). */
export const reduceSum = reduction('ReduceSum', { axesInput: 13, reduce: sumOf });
