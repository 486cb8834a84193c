/**
 * Constant folding: whatever follows from initializers, constants and static shapes alone becomes an initializer,
 * and nodes that no output needs disappear.
 */
import { contextOf, evaluateNode } from '../ops/evaluate.ts';
import { inferNode } from '../ops/infer.ts';
import type { KnownInput } from '../ops/op.ts';
import { definitionOf } from '../ops/registry.ts';
import { readsOf } from '../onnx/order.ts';
import type { Graph, Node } from './graph.ts';
import { takenBranch } from './inline-if.ts';
import type { Tensor, TensorType } from './tensor.ts';

/** The same function of the inputs with fewer nodes. Refuses unknown operators by node name. */
export function fold(graph: Graph): Graph {
  const constants = new Map(graph.initializers);
  const types = new Map<string, TensorType>(graph.inputs.map((input) => [input.name, input]));
  const kept: Node[] = [];
  const waiting = graph.nodes.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const branch = takenBranch(node, constants);
    if (branch) {
      branch.initializers.forEach((value, name) => constants.set(name, value));
      waiting.push(...branch.nodes.toReversed());
      continue;
    }
    const values = constantResults(node, graph, constants, types);
    if (values) {
      node.outputs.forEach((name, index) => name !== '' && constants.set(name, values[index]!));
      continue;
    }
    recordTypes(node, graph, constants, types);
    kept.push(node);
  }
  return withoutDeadCode({ ...graph, nodes: kept, initializers: constants });
}

/** The static type of every tensor of a graph. */
export function inferTypes(graph: Graph): Map<string, TensorType> {
  const types = new Map<string, TensorType>(graph.inputs.map((input) => [input.name, input]));
  for (const node of graph.nodes) recordTypes(node, graph, graph.initializers, types);
  for (const [name, { type, shape }] of graph.initializers) types.set(name, { type, shape });
  return types;
}

function constantResults(
  node: Node,
  graph: Graph,
  constants: ReadonlyMap<string, Tensor>,
  types: ReadonlyMap<string, TensorType>,
): Tensor[] | undefined {
  if (readsOf(node).every((name) => constants.has(name))) {
    const operands = node.inputs.map((name) => (name === '' ? undefined : constants.get(name)));
    return evaluateNode(node, operands, graph, constants);
  }
  const definition = definitionOf(node);
  const type = types.get(node.inputs[0] ?? '');
  if (!definition.readsOnlyShape || !type) return undefined;
  return definition.evaluate(node, [{ ...type, data: new Float64Array(0) }], contextOf(node, graph));
}

function recordTypes(
  node: Node,
  graph: Graph,
  constants: ReadonlyMap<string, Tensor>,
  types: Map<string, TensorType>,
): void {
  const inputs = node.inputs.map((name): KnownInput | undefined => {
    if (name === '') return undefined;
    const value = constants.get(name);
    return value ? { type: value.type, shape: value.shape, value } : types.get(name);
  });
  const found = inferNode(node, inputs, graph);
  node.outputs.forEach((name, index) => {
    const type = found[index];
    if (name !== '' && type) types.set(name, { type: type.type, shape: type.shape });
  });
}

/** Drops nodes and initializers that no output depends on. */
export function withoutDeadCode(graph: Graph): Graph {
  const needed = new Set(graph.outputs);
  const nodes = graph.nodes.toReversed().filter((node) => {
    if (!node.outputs.some((name) => needed.has(name))) return false;
    readsOf(node).forEach((name) => needed.add(name));
    return true;
  });
  const initializers = new Map([...graph.initializers].filter(([name]) => needed.has(name)));
  return { ...graph, nodes: nodes.toReversed(), initializers };
}
