/** Refuses a model whose float weights are not all finite: training has diverged or the file is damaged. */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { Graph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';

/** Checks initializers and the float tensors in attributes (Constant nodes); names the first bad value. */
export function checkWeights(graph: Graph, fileName: string): void {
  for (const [name, tensor] of graph.initializers) checkTensor(tensor, name, fileName);
  for (const node of graph.nodes) {
    for (const [key, value] of Object.entries(node.attributes)) {
      if (typeof value === 'object' && 'data' in value) checkTensor(value, `${node.name}.${key}`, fileName);
    }
  }
}

function checkTensor(tensor: Tensor, name: string, fileName: string): void {
  if (!tensor.type.startsWith('float')) return; // integers may hold infinity for "to the end"
  const index = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw modelRefusals.nonFiniteWeight(fileName, name, index, tensor.data[index]!);
}
