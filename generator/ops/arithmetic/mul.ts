import { binary } from '../shared/binary.ts';

/** ONNX Mul: a * b; 32-bit integers multiply modulo 2^32, which float64 alone could not do. */
export const mul = binary('Mul', (type) =>
  type === 'int32' || type === 'uint32' ? Math.imul : (a, b) => a * b,
);
