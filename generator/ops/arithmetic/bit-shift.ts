import { binary } from '../shared/binary.ts';
import { invalid } from '../shared/refuse.ts';

/** ONNX BitShift of unsigned integers; bits that leave the type are lost. */
export const bitShift = binary(
  'BitShift',
  (_type, node) => {
    const { direction } = node.attributes;
    if (direction === 'RIGHT') return (a, b) => Math.floor(a / 2 ** b);
    if (direction === 'LEFT') return (a, b) => (b >= 64 ? 0 : a * 2 ** b);
    throw invalid(node, `direction is ${String(direction)}`);
  },
  {
    types: ['uint8', 'uint16', 'uint32', 'uint64'],
    attributes: (attributes) => attributes.text('direction'),
  },
);
