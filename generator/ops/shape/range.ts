import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { commonType, numericTypes, requireType, required, scalarOf } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';

/** ONNX Range: start, start + delta, ... below (or above) the limit. */
export const range: OpDefinition = {
  op: 'Range',
  domain: '',
  shapeInputs: [0, 1, 2],
  evaluate(node, inputs) {
    const parts = [0, 1, 2].map((index) => required(node, inputs, index));
    const attributes = new Attributes(node);
    attributes.number('stash_type');
    attributes.done();
    const type = commonType(node, parts);
    requireType(node, parts[0]!, numericTypes);
    if (type === 'float16') throw unsupported(node, 'its float16 steps depend on the precision between them');
    const [start, limit, delta] = parts.map((part) => scalarOf(node, part)) as [number, number, number];
    if (delta === 0) throw invalid(node, 'delta is 0');
    const y = allocate(node, type, [Math.max(Math.ceil((limit - start) / delta), 0)]);
    const store = storer(type, node);
    y.data.forEach((_, i) => (y.data[i] = store(start + i * delta)));
    return [y];
  },
};
