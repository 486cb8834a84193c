/** Integer matrix products with zero points and scales by row of A and by column of B (MatMulInteger, QLinearMatMul). */
import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { matmulPlan, multiplyBatches } from '../linear/matmul.ts';
import { broadcastStrides, stretchesTo } from './broadcast.ts';
import { invalid } from './refuse.ts';
import { type Shape, walk } from './shapes.ts';

/** The value of a scale or zero point at each element of a matrix operand: a scalar, or one for each row or column. */
export function spread(
  node: Node,
  tensor: Tensor | undefined,
  shape: Shape,
  by: 'row' | 'column',
): Float64Array {
  const count = shape.reduce((a, b) => a * b, 1);
  if (!tensor) return new Float64Array(count);
  const perRow = by === 'row' && tensor.shape.length === 1 && tensor.data.length > 1;
  const own = tensor.data.length === 1 ? [1] : perRow ? [...tensor.shape, 1] : tensor.shape;
  if (!stretchesTo(own, shape)) throw invalid(node, 'a scale or zero point does not fit its matrix');
  const values = new Float64Array(count);
  walk(shape, [broadcastStrides(own, shape)], (index, [at]) => (values[index] = tensor.data[at!]!));
  return values;
}

/** Products of (A - zero point) and (B - zero point). */
export function integerProduct(
  node: Node,
  a: Tensor,
  aZero: Tensor | undefined,
  b: Tensor,
  bZero: Tensor | undefined,
  put: (index: number, sum: number) => void,
): Shape {
  const plan = matmulPlan(node, a.shape, b.shape);
  const [za, zb] = [spread(node, aZero, a.shape, 'row'), spread(node, bZero, b.shape, 'column')];
  multiplyBatches(
    plan,
    a.data.map((value, i) => value - za[i]!),
    b.data.map((value, i) => value - zb[i]!),
    put,
  );
  return plan.shape;
}
