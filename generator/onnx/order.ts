/** Topological order of a graph's nodes, with the faults that have no order: cycles, missing tensors, double names. */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { Attribute, Graph, Node } from '../graph/graph.ts';

/**
 * Nodes such that each comes after those it reads from; among ready nodes the file's order is kept.
 * `given` holds the tensors that exist before the first node (inputs and initializers), `outer` those of the
 * graphs around a subgraph, which its own names may shadow.
 */
export function topologicalOrder(
  nodes: readonly Node[],
  given: ReadonlySet<string>,
  fileName: string,
  outer: ReadonlySet<string> = new Set(),
): readonly Node[] {
  const producer = new Map<string, number>();
  nodes.forEach((node, index) => {
    for (const output of node.outputs) {
      if (output === '') continue;
      if (producer.has(output) || given.has(output)) throw modelRefusals.duplicateName(fileName, output);
      producer.set(output, index);
    }
  });

  const waiting = new Array<number>(nodes.length).fill(0);
  const readers = nodes.map((): number[] => []);
  nodes.forEach((node, index) => {
    for (const input of new Set(readsOf(node))) {
      if (given.has(input)) continue;
      const from = producer.get(input);
      if (from === undefined && outer.has(input)) continue;
      if (from === undefined) throw modelRefusals.missingInput(fileName, node.name, input);
      readers[from]!.push(index);
      waiting[index]!++;
    }
  });

  if (nodes.every((_, index) => readers[index]!.every((reader) => reader > index))) return nodes;
  const ready = nodes.flatMap((_, index) => (waiting[index] === 0 ? [index] : []));
  const order: Node[] = [];
  for (let next = 0; next < ready.length; next++) {
    const index = ready[next]!;
    order.push(nodes[index]!);
    for (const reader of readers[index]!) {
      waiting[reader]!--;
      if (waiting[reader] === 0) ready.push(reader);
    }
  }
  if (order.length < nodes.length) {
    throw modelRefusals.cycle(fileName, nodes.find((_, index) => waiting[index]! > 0)!.name);
  }
  return order;
}

/** Every tensor that a node needs from its own graph: its inputs and what its subgraphs take from outside. */
export function readsOf(node: Node): string[] {
  const direct = node.inputs.filter((input) => input !== '');
  return [...direct, ...Object.values(node.attributes).filter(isGraph).flatMap(freeNames)];
}

export const isGraph = (attribute: Attribute): attribute is Graph =>
  typeof attribute === 'object' && 'nodes' in attribute;

/** Tensors that a subgraph reads from the graph around it. */
function freeNames(graph: Graph): string[] {
  const own = new Set([...graph.initializers.keys(), ...graph.inputs.map((input) => input.name)]);
  for (const node of graph.nodes) node.outputs.forEach((output) => own.add(output));
  const reads = [...graph.nodes.flatMap(readsOf), ...graph.outputs];
  return reads.filter((name) => !own.has(name));
}
