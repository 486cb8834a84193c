import { numericTypes } from '../shared/inputs.ts';
import { isInteger, rangeOf } from '../shared/numbers.ts';
import { reduction } from '../shared/reduction.ts';

/** ONNX ReduceMax: the largest value; of nothing the type's lowest. Truth values from operator set 20 on. */
export const reduceMax = reduction('ReduceMax', {
  axesInput: 18,
  types: [...numericTypes, 'bool'],
  reduce: (values, type) =>
    values.reduce(
      (a, b) => Math.max(a, b),
      isInteger(type) ? rangeOf[type][0] : type === 'bool' ? 0 : -Infinity,
    ),
});
