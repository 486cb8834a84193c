import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate, around, toAxis } from '../shared/shapes.ts';

/** ONNX LpNormalization: each line along an axis over its L1 or L2 norm; lines of zeros stay zero. */
export const lpNormalization: OpDefinition = {
  op: 'LpNormalization',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    requireType(node, x, floatTypes);
    const attributes = new Attributes(node);
    const axis = toAxis(node, attributes.number('axis', -1), x.shape.length);
    const p = attributes.number('p', 2);
    attributes.done();
    if (p !== 1 && p !== 2) throw invalid(node, `p is ${p}`);
    const y = allocate(node, x.type, x.shape);
    const store = storer(x.type, node);
    const { outer, size, inner } = around(x.shape, axis);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const at = (k: number): number => (o * size + k) * inner + i;
        let sum = 0;
        for (let k = 0; k < size; k++) sum += Math.abs(x.data[at(k)]!) ** p;
        const norm = p === 1 ? sum : Math.sqrt(sum);
        for (let k = 0; k < size; k++) y.data[at(k)] = norm === 0 ? 0 : store(x.data[at(k)]! / norm);
      }
    }
    return [y];
  },
};
