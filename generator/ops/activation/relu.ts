import { floatTypes } from '../shared/inputs.ts';
import { unary } from '../shared/unary.ts';

/** ONNX Relu: max(0, x); signed integers too, from operator set 14 on. */
export const relu = unary('Relu', () => (x) => (x < 0 ? 0 : x), [
  ...floatTypes,
  'int8',
  'int16',
  'int32',
  'int64',
]);
