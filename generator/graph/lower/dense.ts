/** Products with a constant matrix: MatMul (constant on either side) and Gemm. */
import { Attributes } from '../../ops/shared/attributes.ts';
import { broadcastStrides } from '../../ops/shared/broadcast.ts';
import type { Node } from '../graph.ts';
import { type StridedView, rowMajor, transposed } from '../strided-view.ts';
import type { Tensor } from '../tensor.ts';
import { type Lowering, type Rule, refuse } from './lowering.ts';
import { weightedSum } from './weighted-sum.ts';

export const matmulRule: Rule = (node, lowering) => {
  const [left, right] = [lowering.constant(node.inputs[0]), lowering.constant(node.inputs[1])];
  if (right) {
    const { data, shape } = matrixOf(node, right, 'column');
    addDense(node, lowering, lowering.view(node, 0), transposeMatrix(data, shape[0], shape[1]), shape[1]);
  } else if (left) {
    productFromLeft(node, lowering, left);
  } else {
    weightedSum(node, lowering);
  }
};

/** W x with x as columns: the same as x' W', so rows of the transposed input go through a dense layer. */
function productFromLeft(node: Node, lowering: Lowering, left: Tensor): void {
  const view = lowering.view(node, 1);
  const { data, shape } = matrixOf(node, left, 'row');
  const rank = view.shape.length;
  if (rank === 1) return addDense(node, lowering, view, data, shape[0]);
  const swap = [...Array(rank).keys()].with(rank - 1, rank - 2).with(rank - 2, rank - 1);
  const columns = transposed(view, swap);
  addDense(node, lowering, columns, data, shape[0]);
  // The buffer holds one result after the other; the node's output lists them by output first.
  const out = lowering.shapeOf(node);
  if (left.shape.length === 1) return;
  const name = node.outputs[0]!;
  lowering.setView(
    name,
    transposed(
      rowMajor(
        name,
        swap.map((axis) => out[axis]!),
      ),
      swap,
    ),
  );
}

export const gemmRule: Rule = (node, lowering) => {
  const attributes = new Attributes(node);
  const alpha = attributes.number('alpha', 1);
  const beta = attributes.number('beta', 1);
  const transA = attributes.flag('transA');
  const transB = attributes.flag('transB');
  if (!lowering.isView(node, 0)) throw refuse(node, 'its first input is a constant');
  const view = transA ? transposed(lowering.view(node, 0), [1, 0]) : lowering.view(node, 0);
  const matrix = lowering.requireConstant(node, 1, 'weight matrix');
  const [height, width] = matrix.shape as [number, number];
  const weights = transB ? matrix.data.slice() : transposeMatrix(matrix.data, height, width);
  const outputs = transB ? height : width;
  const bias = new Float64Array(outputs);
  if (node.inputs[2]) {
    const c = lowering.requireConstant(node, 2, 'bias');
    const rows = view.shape[0]!;
    const [rowStride, columnStride] = broadcastStrides(c.shape, [rows, outputs]);
    if (rowStride !== 0 && rows > 1) throw refuse(node, 'its bias differs from row to row');
    bias.forEach((_, i) => (bias[i] = beta * c.data[i * columnStride!]!));
  }
  addDense(
    node,
    lowering,
    view,
    weights.map((w) => alpha * w),
    outputs,
    bias,
  );
};

export function addDense(
  node: Node,
  lowering: Lowering,
  view: StridedView,
  weights: Float64Array,
  outputs: number,
  bias = new Float64Array(outputs),
): void {
  const input = lowering.rows(node, view);
  const output = lowering.addOutput(node, input.steps, outputs);
  lowering.layers.push({ kind: 'dense', node, input, output, weights, bias, activation: 'none' });
}

/** A constant as a matrix: axes of size 1 before the last two fall away, a vector is one column (or one row). */
function matrixOf(
  node: Node,
  { data, shape }: Tensor,
  vector: 'column' | 'row',
): { data: Float64Array; shape: readonly [number, number] } {
  if (shape.length === 1) return { data, shape: vector === 'column' ? [shape[0]!, 1] : [1, shape[0]!] };
  if (shape.slice(0, -2).some((size) => size !== 1))
    throw refuse(node, 'its weights are a stack of matrices');
  return { data, shape: [shape.at(-2)!, shape.at(-1)!] };
}

function transposeMatrix(data: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = data[i * columns + j]!;
  }
  return out;
}
