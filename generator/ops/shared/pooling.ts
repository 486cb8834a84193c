import type { ElementType } from '../../graph/tensor.ts';
import { elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { floatTypes, requireType, required } from './inputs.ts';
import { storer } from './numbers.ts';
import { invalid } from './refuse.ts';
import { allocate } from './shapes.ts';
import { windowOffsets, windowPlan } from './windows.ts';

/** A window as pooling sees it: the values inside the input, and how many padded places it covers. */
export type PoolWindow = (values: Float64Array, padded: number) => number;

/** y = f(window) for each channel and window of [batch, channels, d1, ...]. */
export function pooling(
  op: string,
  prepare: (attributes: Attributes, opset: number) => PoolWindow,
  types: readonly ElementType[] = floatTypes,
): OpDefinition {
  return {
    op,
    domain: '',
    evaluate(node, inputs, { opset }) {
      const x = required(node, inputs, 0);
      requireType(node, x, types);
      if (x.shape.length < 3) throw invalid(node, `its input has the shape [${x.shape.join(', ')}]`);
      const spatial = x.shape.slice(2);
      const attributes = new Attributes(node);
      const plan = windowPlan(node, attributes, spatial);
      const f = prepare(attributes, opset);
      attributes.done();
      const y = allocate(node, x.type, [...x.shape.slice(0, 2), ...plan.output]);
      const store = storer(x.type, node);
      const windows = windowOffsets(plan, spatial);
      const size = elementCount(spatial);
      for (let plane = 0; plane < x.shape[0]! * x.shape[1]!; plane++) {
        const data = x.data.subarray(plane * size, (plane + 1) * size);
        windows.forEach((offsets, index) => {
          const inside = Float64Array.from(
            offsets.filter((at) => at >= 0),
            (at) => data[at]!,
          );
          const padded = offsets.filter((at) => at === -1).length;
          y.data[plane * windows.length + index] = store(f(inside, padded));
        });
      }
      return [y];
    },
  };
}
