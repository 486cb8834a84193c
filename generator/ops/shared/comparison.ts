import type { ElementType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { binary } from './binary.ts';
import { numericTypes } from './inputs.ts';

/** bool = f(a, b), element by element, with broadcasting. */
export const comparison = (
  op: string,
  f: (a: number, b: number) => boolean,
  types: readonly ElementType[] = numericTypes,
): OpDefinition => binary(op, () => (a, b) => (f(a, b) ? 1 : 0), { result: 'bool', types });
