import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { numericTypes, requireType, required } from './inputs.ts';
import { invalid, unsupported } from './refuse.ts';
import { allocate, around, toAxis } from './shapes.ts';

/** ArgMax and ArgMin: the index of the extreme along one axis; the first of equals, or the last if select_last_index. */
export function argExtreme(op: string, better: (a: number, b: number) => boolean): OpDefinition {
  return {
    op,
    domain: '',
    evaluate(node, inputs) {
      const x = required(node, inputs, 0);
      requireType(node, x, numericTypes);
      const attributes = new Attributes(node);
      const axis = toAxis(node, attributes.number('axis', 0), x.shape.length);
      const keep = attributes.flag('keepdims', true);
      const last = attributes.flag('select_last_index');
      attributes.done();
      const { outer, size, inner } = around(x.shape, axis);
      if (size === 0) throw invalid(node, 'its axis is empty');
      const y = allocate(node, 'int64', keep ? x.shape.with(axis, 1) : x.shape.toSpliced(axis, 1));
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          const at = (k: number): number => x.data[(o * size + k) * inner + i]!;
          let best = 0;
          for (let k = 0; k < size; k++) {
            if (Number.isNaN(at(k))) throw unsupported(node, 'its input holds NaN');
            if (better(at(k), at(best)) || (last && at(k) === at(best))) best = k;
          }
          y.data[o * inner + i] = best;
        }
      }
      return [y];
    },
  };
}
