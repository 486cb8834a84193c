import type { OpDefinition } from '../op.ts';
import { required } from './inputs.ts';

/** Type inference of operators whose output has the type and shape of their first input. */
export const sameAsFirst: NonNullable<OpDefinition['infer']> = (node, inputs) => {
  const { type, shape } = required(node, inputs, 0);
  return [{ type, shape }];
};
