/**
 * Classifiers of ai.onnx.ml give a label and scores, as two outputs of the model. The label is the class of the largest score, which is the
 * decision's part; the network keeps the scores.
 */
import type { Graph } from './graph.ts';

export function dropLabels(graph: Graph): Graph {
  const labels = new Set(
    graph.nodes
      .filter(
        (node) =>
          node.domain === 'ai.onnx.ml' &&
          node.op.endsWith('Classifier') &&
          graph.outputs.includes(node.outputs[1] ?? ''),
      )
      .map((node) => node.outputs[0]!),
  );
  return { ...graph, outputs: graph.outputs.filter((name) => !labels.has(name)) };
}
