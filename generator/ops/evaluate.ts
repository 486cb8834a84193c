/** The float reference: runs a graph node by node. */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { Graph, Node } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { OpContext } from './op.ts';
import { definitionOf } from './registry.ts';
import { sameShape } from './shared/shapes.ts';

/** Evaluates a graph on one tensor for each of its inputs; returns its outputs by name. */
export function evaluateGraph(graph: Graph, inputs: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const values = evaluateAll(graph, inputs);
  return new Map(graph.outputs.map((name) => [name, values.get(name)!]));
}

/** As evaluateGraph, but returns every tensor of the graph: for comparing layer by layer. */
export function evaluateAll(graph: Graph, inputs: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const values = new Map(graph.initializers);
  for (const input of graph.inputs) {
    const value = inputs.get(input.name);
    const expected = `${input.type}[${input.shape.join(', ')}]`;
    if (!value) throw modelRefusals.inputMismatch(input.name, expected, 'missing');
    if (value.type !== input.type || !sameShape(value.shape, input.shape)) {
      const found = `${value.type}[${value.shape.join(', ')}]`;
      throw modelRefusals.inputMismatch(input.name, expected, found);
    }
    values.set(input.name, value);
  }
  runNodes(graph, values);
  return values;
}

function runNodes(graph: Graph, values: Map<string, Tensor>): void {
  for (const node of graph.nodes) {
    const operands = node.inputs.map((name) => (name === '' ? undefined : values.get(name)));
    const results = evaluateNode(node, operands, graph, values);
    node.outputs.forEach((name, index) => name !== '' && values.set(name, results[index]!));
  }
}

/** Evaluates one node; `values` are the tensors that subgraphs of the node may see. */
export function evaluateNode(
  node: Node,
  operands: readonly (Tensor | undefined)[],
  graph: Graph,
  values: ReadonlyMap<string, Tensor> = new Map(),
): Tensor[] {
  const results = definitionOf(node).evaluate(node, operands, contextOf(node, graph, values));
  const missing = node.outputs.findIndex((name, index) => name !== '' && !results[index]);
  if (missing >= 0) {
    throw modelRefusals.unsupported(node.name, node.op, `its output ${missing} is not computed`);
  }
  return results;
}

export function contextOf(
  node: Node,
  graph: Graph,
  values: ReadonlyMap<string, Tensor> = new Map(),
): OpContext {
  return {
    graph,
    opset: graph.opsets[node.domain] ?? 1,
    evaluateSubgraph: (body) => {
      const inner = new Map([...values, ...body.initializers]);
      runNodes(body, inner);
      return body.outputs.map((name) => inner.get(name)!);
    },
  };
}
