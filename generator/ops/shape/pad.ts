import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { OpContext, OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { integersOf, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { stridesOf, toAxes } from '../shared/shapes.ts';

const modes = ['constant', 'reflect', 'edge', 'wrap'] as const;
type Mode = (typeof modes)[number];

/**
 * ONNX Pad: adds values before and after each axis, or takes them off where the count is negative. Counts and value are
 * attributes, from operator set 11 on inputs.
 */
export const pad: OpDefinition = {
  op: 'Pad',
  domain: '',
  shapeInputs: [1, 3],
  evaluate(node, inputs, context) {
    const x = required(node, inputs, 0);
    const { mode, before, after, fill } = planOf(node, x, inputs, context);
    const shape = x.shape.map((size, axis) => size + before[axis]! + after[axis]!);
    const [from, to] = [stridesOf(x.shape), stridesOf(shape)];
    if (mode !== 'constant' && x.shape.some((size, axis) => size === 0 && shape[axis]! > 0)) {
      throw invalid(node, `it pads an empty axis in mode ${mode}`);
    }
    const pick = (index: number): number => {
      let offset = 0;
      for (let axis = 0; axis < shape.length; axis++) {
        const at = Math.floor(index / to[axis]!) % shape[axis]!;
        const source = sourceOf(mode, at - before[axis]!, x.shape[axis]!);
        if (source < 0) return -1;
        offset += source * from[axis]!;
      }
      return offset;
    };
    if (x.strings && mode === 'constant') throw unsupported(node, 'it pads strings');
    return [moved(node, x, shape, pick, fill)];
  },
};

/** Where position `at` of the unpadded axis takes its value from; -1: the constant. */
function sourceOf(mode: Mode, at: number, size: number): number {
  if (at >= 0 && at < size) return at;
  switch (mode) {
    case 'constant':
      return -1;
    case 'edge':
      return at < 0 ? 0 : size - 1;
    case 'wrap':
      return ((at % size) + size) % size;
    case 'reflect': {
      if (size === 1) return 0;
      const period = 2 * (size - 1);
      const folded = ((at % period) + period) % period;
      return folded < size ? folded : period - folded;
    }
  }
}

function planOf(node: Node, x: Tensor, inputs: readonly (Tensor | undefined)[], { opset }: OpContext) {
  const attributes = new Attributes(node);
  const mode = attributes.choice('mode', opset >= 19 ? modes : modes.slice(0, 3), 'constant');
  const asInput = opset >= 11;
  const counts = asInput
    ? integersOf(node, required(node, inputs, 1))
    : attributes.numbers(opset < 2 ? 'paddings' : 'pads');
  const fill = asInput ? (inputs[2]?.data[0] ?? 0) : attributes.number('value', 0);
  attributes.done();
  if (inputs[2] && inputs[2].type !== x.type)
    throw invalid(node, 'its value has another type than its input');
  const rank = x.shape.length;
  const given = asInput && inputs[3] ? integersOf(node, inputs[3]) : x.shape.map((_, axis) => axis);
  const axes = toAxes(node, given, rank);
  if (counts?.length !== 2 * axes.length)
    throw invalid(node, `it has ${counts?.length ?? 0} counts for ${axes.length} axes`);
  const before = new Array<number>(rank).fill(0);
  const after = new Array<number>(rank).fill(0);
  axes.forEach((axis, i) => {
    before[axis] = counts[i]!;
    after[axis] = counts[axes.length + i]!;
  });
  return { mode, before, after, fill };
}
