import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { floatTypes, requireType, required } from './inputs.ts';
import { allocate } from './shapes.ts';

/** bool = f(x), element by element, of floats. */
export function predicate(
  op: string,
  prepare: (attributes: Attributes) => (x: number) => boolean,
): OpDefinition {
  return {
    op,
    domain: '',
    evaluate(node, inputs) {
      const x = required(node, inputs, 0);
      requireType(node, x, floatTypes);
      const attributes = new Attributes(node);
      const f = prepare(attributes);
      attributes.done();
      const y = allocate(node, 'bool', x.shape);
      x.data.forEach((value, i) => (y.data[i] = f(value) ? 1 : 0));
      return [y];
    },
  };
}
