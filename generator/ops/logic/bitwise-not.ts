import { integerTypes } from '../shared/inputs.ts';
import { unary } from '../shared/unary.ts';

/** ONNX BitwiseNot: -x - 1, which unsigned types of up to 32 bits wrap. */
export const bitwiseNot = unary(
  'BitwiseNot',
  () => (x) => -x - 1,
  integerTypes.filter((type) => type !== 'uint64'),
);
