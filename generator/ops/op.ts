import type { Graph, Node } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';

/** What an operator's evaluation may ask of its surroundings. */
export interface OpContext {
  graph: Graph;
  /** Version of the operator set that the node belongs to. */
  opset: number;
}

/**
 * The float meaning of one ONNX operator: the truth that kernels are compared with.
 * One operator, one file in this folder, one line in `registry.ts`.
 */
export interface OpDefinition {
  /** ONNX operator name, e.g. 'Gemm'. */
  op: string;
  /** '' for ai.onnx, 'ai.onnx.ml' for classical models. */
  domain: string;
  /**
   * Computes the outputs, exactly as the ONNX specification says. Absent optional inputs are undefined.
   * Throws a refusal (modelRefusals) by node name for any attribute or type that it does not support:
   * never a wrong answer.
   */
  evaluate(node: Node, inputs: readonly (Tensor | undefined)[], context: OpContext): Tensor[];
}
