import type { Node } from '../../graph/graph.ts';
import type { TensorType } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastStrides, stretchesTo } from '../shared/broadcast.ts';
import { commonType, numericTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';

/** ONNX Gemm: alpha A' B' + beta C, where ' is an optional transpose and C stretches to the result. */
export const gemm: OpDefinition = {
  op: 'Gemm',
  domain: '',
  evaluate(node, inputs, { opset }) {
    const a = required(node, inputs, 0);
    const b = required(node, inputs, 1);
    const c = opset < 11 ? required(node, inputs, 2) : inputs[2];
    requireType(node, a, numericTypes);
    const type = commonType(node, c ? [a, b, c] : [a, b]);
    const plan = planOf(node, a, b, opset);
    const { rows, inner, columns, alpha, beta } = plan;
    const y = allocate(node, type, [rows, columns]);
    if (c) checkBias(node, c, y, opset, plan.legacyBroadcast);
    const [cRow, cColumn] = c ? broadcastStrides(c.shape, y.shape) : [0, 0];
    const store = storer(type, node);
    const [aRow, aInner] = plan.transA ? [1, rows] : [inner, 1];
    const [bInner, bColumn] = plan.transB ? [1, inner] : [columns, 1];
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) {
          sum += a.data[i * aRow! + k * aInner!]! * b.data[k * bInner! + j * bColumn!]!;
        }
        const bias = c ? beta * c.data[i * cRow! + j * cColumn!]! : 0;
        y.data[i * columns + j] = store(alpha * sum + bias);
      }
    }
    return [y];
  },
  infer(node, inputs, { opset }) {
    const a = required(node, inputs, 0);
    const { rows, columns } = planOf(node, a, required(node, inputs, 1), opset);
    return [{ type: a.type, shape: [rows, columns] }];
  },
};

function planOf(node: Node, a: TensorType, b: TensorType, opset: number) {
  const attributes = new Attributes(node);
  const alpha = attributes.number('alpha', 1);
  const beta = attributes.number('beta', 1);
  const transA = attributes.flag('transA');
  const transB = attributes.flag('transB');
  const legacyBroadcast = opset < 7 && attributes.flag('broadcast');
  attributes.done();
  if (a.shape.length !== 2 || b.shape.length !== 2) throw invalid(node, 'its inputs are not matrices');
  const [rows, inner] = transA ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
  const [height, columns] = transB ? [b.shape[1]!, b.shape[0]!] : [b.shape[0]!, b.shape[1]!];
  if (inner !== height) throw invalid(node, `it multiplies rows of ${inner} by columns of ${height}`);
  return { rows, inner, columns, alpha, beta, transA, transB, legacyBroadcast };
}

function checkBias(node: Node, c: TensorType, y: TensorType, opset: number, broadcast: boolean): void {
  const same = c.shape.length === 2 && c.shape.every((size, axis) => size === y.shape[axis]);
  if (!stretchesTo(c.shape, y.shape) || (opset < 7 && !broadcast && !same)) {
    throw invalid(node, `its bias [${c.shape.join(', ')}] does not stretch to [${y.shape.join(', ')}]`);
  }
}
