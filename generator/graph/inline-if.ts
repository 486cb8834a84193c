/** If nodes whose condition is a constant: PyTorch writes them where a squeeze depends on a size. */
import { isGraph } from '../onnx/order.ts';
import type { Graph, Node } from './graph.ts';
import type { Tensor } from './tensor.ts';

export interface Branch {
  nodes: Node[];
  initializers: Map<string, Tensor>;
}

/**
 * What replaces an If node: the branch that its constant condition takes, its tensors renamed so that they stay unique, and
 * one Identity for each output. Undefined for other nodes.
 */
export function takenBranch(node: Node, constants: ReadonlyMap<string, Tensor>): Branch | undefined {
  if (node.op !== 'If' || node.domain !== '') return undefined;
  const condition = constants.get(node.inputs[0] ?? '');
  const body = node.attributes[condition?.data[0] ? 'then_branch' : 'else_branch'];
  if (condition?.data.length !== 1 || body === undefined || typeof body !== 'object' || !isGraph(body)) {
    return undefined;
  }
  const own = new Set([...body.initializers.keys(), ...body.nodes.flatMap((inner) => inner.outputs)]);
  const rename = (name: string): string => (name !== '' && own.has(name) ? `${node.name}.${name}` : name);
  const outputs = node.outputs.flatMap((name, index): Node[] => {
    const from = body.outputs[index];
    if (name === '' || from === undefined) return [];
    const identity = { op: 'Identity', domain: '', attributes: {} };
    return [{ name: `${node.name}.${index}`, ...identity, inputs: [rename(from)], outputs: [name] }];
  });
  return {
    nodes: [...body.nodes.map((inner) => renamed(inner, rename)), ...outputs],
    initializers: new Map([...body.initializers].map(([name, value]) => [rename(name), value])),
  };
}

/** The node with its tensor names changed, also where its own subgraphs read them. */
function renamed(node: Node, rename: (name: string) => string): Node {
  const attributes = Object.fromEntries(
    Object.entries(node.attributes).map(([key, value]) => [
      key,
      typeof value === 'object' && isGraph(value) ? renamedReads(value, rename) : value,
    ]),
  );
  return { ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename), attributes };
}

/** Inside a subgraph its own names hide those around it. */
function renamedReads(graph: Graph, rename: (name: string) => string): Graph {
  const own = new Set([
    ...graph.initializers.keys(),
    ...graph.inputs.map((input) => input.name),
    ...graph.nodes.flatMap((inner) => inner.outputs),
  ]);
  const outer = (name: string): string => (own.has(name) ? name : rename(name));
  return {
    ...graph,
    nodes: graph.nodes.map((inner) => renamed(inner, outer)),
    outputs: graph.outputs.map(outer),
  };
}
