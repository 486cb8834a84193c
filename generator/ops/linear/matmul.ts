import type { Node } from '../../graph/graph.ts';
import type { TensorType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastShape, broadcastStrides } from '../shared/broadcast.ts';
import { commonType, numericTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { type Shape, allocate, walk } from '../shared/shapes.ts';

/** ONNX MatMul: numpy matmul. Leading axes broadcast; vectors gain an axis that the result loses again. */
export const matmul: OpDefinition = {
  op: 'MatMul',
  domain: '',
  evaluate(node, inputs) {
    const a = required(node, inputs, 0);
    const b = required(node, inputs, 1);
    new Attributes(node).done();
    requireType(node, a, numericTypes);
    const type = commonType(node, [a, b]);
    const plan = matmulPlan(node, a.shape, b.shape);
    const y = allocate(node, type, plan.shape);
    const store = storer(type, node);
    multiplyBatches(plan, a.data, b.data, (index, sum) => (y.data[index] = store(sum)));
    return [y];
  },
  infer(node, inputs) {
    const pair: TensorType[] = [required(node, inputs, 0), required(node, inputs, 1)];
    return [{ type: commonType(node, pair), shape: matmulPlan(node, pair[0]!.shape, pair[1]!.shape).shape }];
  },
};

export interface MatmulPlan {
  /** Shape of the result. */
  shape: Shape;
  rows: number;
  inner: number;
  columns: number;
  batch: Shape;
  aBatchStrides: number[];
  bBatchStrides: number[];
}

/** The sizes of a numpy matmul. */
export function matmulPlan(node: Node, aShape: Shape, bShape: Shape): MatmulPlan {
  if (aShape.length === 0 || bShape.length === 0) throw invalid(node, 'it multiplies a scalar');
  const a = aShape.length === 1 ? [1, ...aShape] : aShape;
  const b = bShape.length === 1 ? [...bShape, 1] : bShape;
  const [rows, inner] = [a.at(-2)!, a.at(-1)!];
  const columns = b.at(-1)!;
  if (b.at(-2) !== inner) {
    throw invalid(node, `shapes [${aShape.join(', ')}] and [${bShape.join(', ')}] do not multiply`);
  }
  const [aBatch, bBatch] = [a.slice(0, -2), b.slice(0, -2)];
  const batch = broadcastShape(node, [aBatch, bBatch]);
  return {
    shape: [...batch, ...(aShape.length === 1 ? [] : [rows]), ...(bShape.length === 1 ? [] : [columns])],
    rows,
    inner,
    columns,
    batch,
    aBatchStrides: broadcastStrides(aBatch, batch).map((stride) => stride * rows * inner),
    bBatchStrides: broadcastStrides(bBatch, batch).map((stride) => stride * inner * columns),
  };
}

/** Calls back with each element of the product, summed in float64 in index order. */
export function multiplyBatches(
  plan: MatmulPlan,
  a: Float64Array,
  b: Float64Array,
  put: (index: number, sum: number) => void,
): void {
  const { rows, inner, columns } = plan;
  const sums = new Float64Array(columns);
  walk(plan.batch, [plan.aBatchStrides, plan.bBatchStrides], (batch, [aStart, bStart]) => {
    for (let row = 0; row < rows; row++) {
      sums.fill(0);
      for (let k = 0; k < inner; k++) {
        const left = a[aStart! + row * inner + k]!;
        const from = bStart! + k * columns;
        for (let column = 0; column < columns; column++) sums[column]! += left * b[from + column]!;
      }
      const to = (batch * rows + row) * columns;
      for (let column = 0; column < columns; column++) put(to + column, sums[column]!);
    }
  });
}
