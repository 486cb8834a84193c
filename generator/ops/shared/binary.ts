import type { Node } from '../../graph/graph.ts';
import type { ElementType, TensorType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from './attributes.ts';
import { broadcastShape, broadcastStrides } from './broadcast.ts';
import { commonType, numericTypes, requireType, required } from './inputs.ts';
import { storer } from './numbers.ts';
import { invalid } from './refuse.ts';
import { type Shape, allocate, walk } from './shapes.ts';

export interface BinaryOptions {
  types?: readonly ElementType[];
  /** Element type of the result; default: that of the inputs. */
  result?: ElementType;
  /** Inputs may have different types (Pow); the result has that of the first. */
  mixedTypes?: boolean;
  /** Reads attributes beyond the legacy broadcasting ones. */
  attributes?: (attributes: Attributes) => void;
}

/** c = f(a, b), element by element, with broadcasting. `prepare` may choose f by element type. */
export function binary(
  op: string,
  prepare: (type: ElementType, node: Node) => (a: number, b: number) => number,
  options: BinaryOptions = {},
): OpDefinition {
  return {
    op,
    domain: '',
    evaluate(node, inputs, { opset }) {
      const a = required(node, inputs, 0);
      const b = required(node, inputs, 1);
      for (const input of [a, b]) requireType(node, input, options.types ?? numericTypes);
      if (!options.mixedTypes) commonType(node, [a, b]);
      const { shape, bShape } = layout(node, a, b, opset, options);
      const type = options.result ?? a.type;
      const store = storer(type, node);
      const f = prepare(a.type, node);
      const c = allocate(node, type, shape);
      walk(shape, [broadcastStrides(a.shape, shape), broadcastStrides(bShape, shape)], (index, [i, j]) => {
        c.data[index] = store(f(a.data[i!]!, b.data[j!]!));
      });
      return [c];
    },
    infer(node, inputs, { opset }) {
      const a = required(node, inputs, 0);
      const { shape } = layout(node, a, required(node, inputs, 1), opset, options);
      return [{ type: options.result ?? a.type, shape }];
    },
  };
}

/**
 * From operator set 7 on, numpy broadcasting. Before, b may stretch to a when `broadcast` is 1, its axes
 * aligned with those of a from `axis` on (at the end when absent).
 */
function layout(
  node: Node,
  a: TensorType,
  b: TensorType,
  opset: number,
  options: BinaryOptions,
): { shape: Shape; bShape: Shape } {
  const attributes = new Attributes(node);
  options.attributes?.(attributes);
  if (opset >= 7) {
    attributes.done();
    return { shape: broadcastShape(node, [a.shape, b.shape]), bShape: b.shape };
  }
  const stretched = attributes.flag('broadcast');
  const axis = attributes.number('axis');
  attributes.done();
  const after =
    axis === undefined ? 0 : a.shape.length - b.shape.length - (axis < 0 ? axis + a.shape.length : axis);
  if (after < 0) throw invalid(node, `axis ${axis} leaves no room for its second input`);
  const bShape = [...b.shape, ...new Array<number>(after).fill(1)];
  const shape = broadcastShape(node, [a.shape, bShape]);
  const fits = shape.length === a.shape.length && shape.every((size, i) => size === a.shape[i]);
  const same = b.shape.length === a.shape.length && b.shape.every((size, i) => size === a.shape[i]);
  if (!fits || (!stretched && !same)) throw invalid(node, 'its inputs do not have the same shape');
  return { shape: a.shape, bShape };
}
