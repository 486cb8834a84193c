import { reduction } from '../shared/reduction.ts';

/** ONNX ReduceProd: the product; 1 of nothing. */
export const reduceProd = reduction('ReduceProd', {
  axesInput: 18,
  reduce: (values) => values.reduce((a, b) => a * b, 1),
});
