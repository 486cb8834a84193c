import type { OpDefinition } from '../op.ts';
import { binary } from './binary.ts';
import { integerTypes } from './inputs.ts';
import { unsupported } from './refuse.ts';

/** An operator on the bits of two integers; BigInt holds those beyond 32 bits. */
export function bitwise(op: string, f: (a: bigint, b: bigint) => bigint): OpDefinition {
  return binary(
    op,
    (_type, node) => (a, b) => {
      if (!Number.isInteger(a) || !Number.isInteger(b))
        throw unsupported(node, 'an input is the end of int64');
      return Number(f(BigInt(a), BigInt(b)));
    },
    { types: integerTypes },
  );
}
