import type { Node } from '../../graph/graph.ts';
import type { ElementType, Tensor } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { axesOf } from './axes-input.ts';
import { numericTypes, requireType, required } from './inputs.ts';
import { isInteger, storer } from './numbers.ts';
import { type Shape, allocate, stridesOf, toAxes, walk } from './shapes.ts';

export interface ReductionOptions {
  /** Operator set from which the axes are an input instead of an attribute. */
  axesInput: number;
  types?: readonly ElementType[];
  /** Called for each reduced line; `values` is reused between calls. May refuse an empty line. */
  reduce: (values: Float64Array, type: ElementType, node: Node) => number;
}

/** ONNX Reduce*: folds the named axes (all, when none are named) and keeps them with size 1 if `keepdims`. */
export function reduction(op: string, options: ReductionOptions): OpDefinition {
  return {
    op,
    domain: '',
    shapeInputs: [1],
    evaluate(node, inputs, { opset }) {
      const x = required(node, inputs, 0);
      requireType(node, x, options.types ?? numericTypes);
      const { axes, keep } = planOf(node, inputs, opset, options.axesInput, x.shape.length);
      return [reduce(node, x, axes, keep, options.reduce)];
    },
  };
}

function planOf(
  node: Node,
  inputs: readonly (Tensor | undefined)[],
  opset: number,
  axesInput: number,
  rank: number,
): { axes: readonly number[]; keep: boolean } {
  const attributes = new Attributes(node);
  const given = axesOf(node, attributes, inputs, opset >= axesInput) ?? [];
  const keep = attributes.flag('keepdims', true);
  // With the flag, no axes mean an empty set of axes: every element is a line of its own.
  const noop = opset >= axesInput && attributes.flag('noop_with_empty_axes');
  attributes.done();
  if (given.length > 0) return { axes: toAxes(node, given, rank), keep };
  return { axes: noop ? [] : Array.from({ length: rank }, (_, axis) => axis), keep };
}

const pick = (axes: readonly number[], from: Shape): number[] => axes.map((axis) => from[axis]!);

export function reduce(
  node: Node,
  x: Tensor,
  axes: readonly number[],
  keep: boolean,
  fold: ReductionOptions['reduce'],
): Tensor {
  const strides = stridesOf(x.shape);
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const shape = keep ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)) : pick(kept, x.shape);
  const y = allocate(node, x.type, shape);
  const plain = storer(x.type, node);
  // A mean or norm of integers drops its fraction, as ONNX's own reference and ONNX Runtime have it.
  const store = isInteger(x.type) ? (value: number) => plain(Math.trunc(value)) : plain;
  const lineShape = pick(axes, x.shape);
  const lineStrides = pick(axes, strides);
  const line = new Float64Array(lineShape.reduce((a, b) => a * b, 1));
  walk(pick(kept, x.shape), [pick(kept, strides)], (index, [start]) => {
    const from = start!;
    walk(lineShape, [lineStrides], (i, [at]) => (line[i] = x.data[from + at!]!));
    y.data[index] = store(fold(line, x.type, node));
  });
  return y;
}
