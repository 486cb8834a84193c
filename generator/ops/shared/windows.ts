/**
 * Sliding windows over the spatial axes of [batch, channels, d1, d2, ...] (ONNX Conv and pooling operators): attributes,
 * automatic padding, output sizes, and the positions that each window covers.
 */
import type { Node } from '../../graph/graph.ts';
import type { Attributes } from './attributes.ts';
import { invalid, unsupported } from './refuse.ts';
import { type Shape, stridesOf } from './shapes.ts';

export interface WindowPlan {
  kernel: readonly number[];
  strides: readonly number[];
  dilations: readonly number[];
  /** Padding before and after each axis. */
  before: readonly number[];
  after: readonly number[];
  /** Output sizes. */
  output: readonly number[];
}

/** Reads kernel_shape, strides, dilations, pads, auto_pad and ceil_mode. `kernel` is the shape that the weights imply. */
export function windowPlan(
  node: Node,
  attributes: Attributes,
  spatial: Shape,
  kernelOfWeights?: Shape,
): WindowPlan {
  const rank = spatial.length;
  const list = (name: string, absent: number, length = rank): readonly number[] => {
    const values = attributes.numbers(name) ?? new Array<number>(length).fill(absent);
    const whole = values.every((value) => Number.isInteger(value) && value >= (name === 'pads' ? 0 : 1));
    if (values.length !== length || !whole) throw invalid(node, `${name} is [${values.join(', ')}]`);
    return values;
  };
  const kernel = attributes.has('kernel_shape') ? list('kernel_shape', 1) : kernelOfWeights;
  if (!kernel || (kernelOfWeights && kernel.join() !== kernelOfWeights.join())) {
    throw invalid(node, 'its kernel_shape is missing or differs from its weights');
  }
  const strides = list('strides', 1);
  const dilations = list('dilations', 1);
  const pads = list('pads', 0, 2 * rank);
  const auto = attributes.choice('auto_pad', ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'], 'NOTSET');
  const ceil = attributes.flag('ceil_mode');
  if (auto !== 'NOTSET' && pads.some((pad) => pad > 0)) throw invalid(node, 'it sets both pads and auto_pad');

  const reach = kernel.map((size, axis) => (size - 1) * dilations[axis]! + 1);
  const before: number[] = [];
  const after: number[] = [];
  const output = spatial.map((size, axis) => {
    const stride = strides[axis]!;
    if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') {
      const count = Math.ceil(size / stride);
      const total = Math.max((count - 1) * stride + reach[axis]! - size, 0);
      const less = Math.floor(total / 2);
      before.push(auto === 'SAME_UPPER' ? less : total - less);
      after.push(auto === 'SAME_UPPER' ? total - less : less);
      return count;
    }
    before.push(pads[axis]!);
    after.push(pads[rank + axis]!);
    const free = size + pads[axis]! + pads[rank + axis]! - reach[axis]!;
    if (free < 0) throw invalid(node, `its kernel is wider than axis ${axis}`);
    const count = Math.floor(free / stride) + 1;
    if (!ceil || free % stride === 0) return count;
    if (auto === 'VALID') throw unsupported(node, 'ceil_mode with auto_pad VALID has two readings');
    // A window that would start behind the input is left out.
    return count * stride < size + pads[axis]! ? count + 1 : count;
  });
  return { kernel, strides, dilations, before, after, output };
}

/**
 * For each output position (row-major): offsets into the spatial part of the input, one for each kernel position (row-major),
 * -1 for padding, -2 beyond the padding (which ceil_mode can reach).
 */
export function windowOffsets(plan: WindowPlan, spatial: Shape): Int32Array[] {
  const { kernel, strides, dilations, before, after, output } = plan;
  const inputStrides = stridesOf(spatial);
  return positions(output).map((at) =>
    Int32Array.from(positions(kernel), (k) => {
      let offset = 0;
      let outside = 0;
      spatial.forEach((size, axis) => {
        const place = at[axis]! * strides[axis]! - before[axis]! + k[axis]! * dilations[axis]!;
        if (place >= size + after[axis]!) outside = -2;
        else if ((place < 0 || place >= size) && outside === 0) outside = -1;
        offset += place * inputStrides[axis]!;
      });
      return outside || offset;
    }),
  );
}

/** All index tuples of a shape in row-major order. */
export function positions(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (tuples, size) => tuples.flatMap((tuple) => Array.from({ length: size }, (_, i) => [...tuple, i])),
    [[]],
  );
}
