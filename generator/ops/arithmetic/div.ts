import { isInteger } from '../shared/numbers.ts';
import { binary } from '../shared/binary.ts';
import { unsupported } from '../shared/refuse.ts';

/** ONNX Div: a / b; integers divide towards zero, and by zero not at all. */
export const div = binary('Div', (type, node) => {
  if (!isInteger(type)) return (a, b) => a / b;
  return (a, b) => {
    if (b === 0) throw unsupported(node, 'it divides an integer by zero');
    return Math.trunc(a / b);
  };
});
