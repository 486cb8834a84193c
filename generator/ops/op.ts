import type { Graph, Node } from '../graph/graph.ts';
import type { Tensor, TensorType } from '../graph/tensor.ts';

/** What an operator's evaluation may ask of its surroundings. */
export interface OpContext {
  graph: Graph;
  /** Version of the operator set that the node belongs to. */
  opset: number;
  /** Evaluates a subgraph attribute (If), which sees the tensors around the node. */
  evaluateSubgraph?(graph: Graph): Tensor[];
}

/** What shape inference knows of an input: its type, and its value when it is a constant. */
export interface KnownInput extends TensorType {
  value?: Tensor;
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
  /**
   * Output types from input types. Absent: they are found by evaluating zeros of the input types, so an operator that
   * is slow to evaluate should have it.
   */
  infer?(node: Node, inputs: readonly (KnownInput | undefined)[], context: OpContext): TensorType[];
  /** Indices of inputs whose values, not only shapes, decide the output shapes (e.g. 1 for Reshape). */
  shapeInputs?: readonly number[];
  /** The value depends on the input's shape alone (Shape, Size): folds even when the input is not constant. */
  readsOnlyShape?: true;
}
