/** Inputs of the classical operators: [rows, features], or [features] as one row. */
import type { Node } from '../../graph/graph.ts';
import type { ElementType, Tensor } from '../../graph/tensor.ts';
import { requireType } from './inputs.ts';
import { invalid } from './refuse.ts';

export const tableTypes: readonly ElementType[] = ['float32', 'float64', 'int64', 'int32'];

export function tableOf(
  node: Node,
  x: Tensor,
): { rows: number; features: number; at(row: number): Float64Array } {
  requireType(node, x, tableTypes);
  if (x.shape.length < 1 || x.shape.length > 2)
    throw invalid(node, `its input has the shape [${x.shape.join(', ')}]`);
  const features = x.shape.at(-1)!;
  const rows = x.shape.length === 2 ? x.shape[0]! : 1;
  return { rows, features, at: (row) => x.data.subarray(row * features, (row + 1) * features) };
}
