import { numericTypes } from '../shared/inputs.ts';
import { isInteger, rangeOf } from '../shared/numbers.ts';
import { reduction } from '../shared/reduction.ts';

/** ONNX ReduceMin: the smallest value; of nothing the type's highest. Truth values from operator set 20 on. */
export const reduceMin = reduction('ReduceMin', {
  axesInput: 18,
  types: [...numericTypes, 'bool'],
  reduce: (values, type) =>
    values.reduce(
      (a, b) => Math.min(a, b),
      isInteger(type) ? rangeOf[type][1] : type === 'bool' ? 1 : Infinity,
    ),
});
