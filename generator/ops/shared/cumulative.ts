import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { integersOf, numericTypes, requireType, required, scalarOf } from './inputs.ts';
import { storer } from './numbers.ts';
import { allocate, around, toAxis } from './shapes.ts';

/** CumSum and CumProd: running totals along an axis, from either end, with or without the element itself. */
export function cumulative(op: string, start: number, fold: (a: number, b: number) => number): OpDefinition {
  return {
    op,
    domain: '',
    evaluate(node, inputs) {
      const x = required(node, inputs, 0);
      requireType(node, x, numericTypes);
      const axisInput = required(node, inputs, 1);
      integersOf(node, axisInput);
      const axis = toAxis(node, scalarOf(node, axisInput), x.shape.length);
      const attributes = new Attributes(node);
      const exclusive = attributes.flag('exclusive');
      const reverse = attributes.flag('reverse');
      attributes.done();
      const y = allocate(node, x.type, x.shape);
      const store = storer(x.type, node);
      const { outer, size, inner } = around(x.shape, axis);
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          let total = start;
          for (let k = 0; k < size; k++) {
            const at = (o * size + (reverse ? size - 1 - k : k)) * inner + i;
            const next = fold(total, x.data[at]!);
            y.data[at] = store(exclusive ? total : next);
            total = next;
          }
        }
      }
      return [y];
    },
  };
}
