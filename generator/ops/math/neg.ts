import { floatTypes } from '../shared/inputs.ts';
import { unary } from '../shared/unary.ts';

/** ONNX Neg. */
export const neg = unary('Neg', () => (x) => -x, [...floatTypes, 'int8', 'int16', 'int32', 'int64']);
