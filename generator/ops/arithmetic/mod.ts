import type { Node } from '../../graph/graph.ts';
import type { ElementType } from '../../graph/tensor.ts';
import { binary } from '../shared/binary.ts';
import { isFloat } from '../shared/numbers.ts';
import { invalid, unsupported } from '../shared/refuse.ts';

/** ONNX Mod: with fmod the remainder has the sign of a (as in C), otherwise that of b (as in Python; integers only). */
export const mod = binary(
  'Mod',
  (type: ElementType, node: Node) => {
    const fmod = node.attributes.fmod === 1;
    if (isFloat(type) && !fmod) throw invalid(node, 'it takes floats without fmod');
    return (a, b) => {
      if (b === 0 && !isFloat(type)) throw unsupported(node, 'it divides an integer by zero');
      const remainder = a % b;
      return !fmod && remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
    };
  },
  { attributes: (attributes) => attributes.number('fmod') },
);
