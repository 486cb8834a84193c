/** Test support: evaluates one operator without a model around it. */
import type { Attribute, Graph, Node } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import { evaluateNode } from './evaluate.ts';

export interface OneNode {
  attributes?: Record<string, Attribute>;
  opset?: number;
  domain?: string;
  /** Number of outputs; default 1. */
  outputs?: number;
}

/** Outputs of a single node named "node". */
export function run(op: string, inputs: readonly (Tensor | undefined)[], options: OneNode = {}): Tensor[] {
  const { attributes = {}, opset = 22, domain = '', outputs = 1 } = options;
  const node: Node = {
    name: 'node',
    op,
    domain,
    inputs: inputs.map((input, index) => (input ? `in${index}` : '')),
    outputs: Array.from({ length: outputs }, (_, index) => `out${index}`),
    attributes,
  };
  const graph: Graph = {
    name: 'one',
    opsets: { [domain]: opset },
    inputs: [],
    outputs: [],
    initializers: new Map(),
    nodes: [node],
  };
  return evaluateNode(node, inputs, graph);
}
