/** Convolution (cross-correlation) over any number of spatial axes, in groups: the sums, before they are stored. */
import type { Node } from '../../graph/graph.ts';
import { type TensorType, elementCount } from '../../graph/tensor.ts';
import type { Attributes } from './attributes.ts';
import { invalid } from './refuse.ts';
import { type Shape, requireSize } from './shapes.ts';
import { windowOffsets, windowPlan } from './windows.ts';

export interface Convolution {
  /** [batch, output channels, o1, o2, ...] */
  shape: Shape;
  /** Calls back with every output index, its output channel and its sum. */
  run(put: (index: number, channel: number, sum: number) => void): void;
}

/** `input` and `weight` give values by offset, so that zero points can be taken off on the way. */
export function convolution(
  node: Node,
  attributes: Attributes,
  x: TensorType,
  w: TensorType,
  input: (offset: number) => number,
  weight: (offset: number, channel: number) => number,
): Convolution {
  if (x.shape.length < 3 || w.shape.length !== x.shape.length) {
    throw invalid(node, `it convolves [${x.shape.join(', ')}] with [${w.shape.join(', ')}]`);
  }
  const groups = attributes.number('group', 1);
  const [batch, channels, ...spatial] = x.shape as [number, number, ...number[]];
  const [outputs, perGroup, ...kernel] = w.shape as [number, number, ...number[]];
  if (perGroup * groups !== channels || outputs % groups !== 0) {
    throw invalid(
      node,
      `${channels} channels in ${groups} groups do not fit weights [${w.shape.join(', ')}]`,
    );
  }
  const plan = windowPlan(node, attributes, spatial, kernel);
  const shape = [batch, outputs, ...plan.output];
  requireSize(node, shape);
  return {
    shape,
    run(put) {
      const windows = windowOffsets(plan, spatial);
      const plane = elementCount(spatial);
      const taps = elementCount(kernel);
      for (let row = 0; row < batch; row++) {
        for (let channel = 0; channel < outputs; channel++) {
          const group = Math.floor(channel / (outputs / groups));
          const from = (row * channels + group * perGroup) * plane;
          windows.forEach((offsets, window) => {
            let sum = 0;
            for (let c = 0; c < perGroup; c++) {
              for (let k = 0; k < taps; k++) {
                const at = offsets[k]!;
                if (at < 0) continue;
                sum += input(from + c * plane + at) * weight((channel * perGroup + c) * taps + k, channel);
              }
            }
            put((row * outputs + channel) * windows.length + window, channel, sum);
          });
        }
      }
    },
  };
}
