import type { Node } from '../../graph/graph.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { requireType, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { around, toAxis } from '../shared/shapes.ts';

/** An index into an axis of the given size; negative ones count from the end. */
export function toIndex(node: Node, index: number, size: number): number {
  const counted = index < 0 ? index + size : index;
  if (!(counted >= 0 && counted < size))
    throw invalid(node, `index ${index} is outside an axis of size ${size}`);
  return counted;
}

/** ONNX Gather: replaces `axis` by the axes of the indices tensor. */
export const gather: OpDefinition = {
  op: 'Gather',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const indices = required(node, inputs, 1);
    requireType(node, indices, ['int64', 'int32']);
    const attributes = new Attributes(node);
    const axis = toAxis(node, attributes.number('axis', 0), x.shape.length);
    attributes.done();
    const { size, inner } = around(x.shape, axis);
    const picks = indices.data.map((index) => toIndex(node, index, size));
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    const block = picks.length * inner;
    return [
      moved(node, x, shape, (index) => {
        const pick = picks[Math.floor((index % block) / inner)]!;
        return (Math.floor(index / block) * size + pick) * inner + (index % inner);
      }),
    ];
  },
};
