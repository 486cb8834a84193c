import { binary } from '../shared/binary.ts';
import { isInteger, truncator } from '../shared/numbers.ts';

/** ONNX Pow: a to the power of b, in the type of a; an integer base drops the fraction. */
export const pow = binary(
  'Pow',
  (type, node) => {
    if (!isInteger(type)) return (a, b) => a ** b;
    const whole = truncator(type, node);
    return (a, b) => whole(a ** b);
  },
  { mixedTypes: true },
);
