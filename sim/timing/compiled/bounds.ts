/** Comparisons of addresses with a constant, behind which control goes on where they are not above it. */
import { isConst, resolve, type Node } from './ir.ts';

export const isBound = (n: Node): boolean =>
  n.op === 'guard' && n.name === '' && isConst(resolve(n.args[1]!));

export const endOfBound = (n: Node): number => Number(BigInt.asUintN(32, resolve(n.args[1]!).value));
