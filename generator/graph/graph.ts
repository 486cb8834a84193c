import type { Tensor, TensorType } from './tensor.ts';

/** Attribute values of an ONNX node after decoding. */
export type Attribute = number | string | Tensor | readonly number[] | readonly string[] | Graph;

/** One ONNX node. An absent optional input or output is the empty string, as in the file. */
export interface Node {
  name: string;
  op: string;
  domain: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
}

/** An ONNX graph in topological order. Constants are folded into `initializers`. */
export interface Graph {
  name: string;
  /** Operator-set version by domain; '' is the default domain. */
  opsets: Readonly<Record<string, number>>;
  inputs: readonly ({ name: string } & TensorType)[];
  outputs: readonly string[];
  initializers: ReadonlyMap<string, Tensor>;
  nodes: readonly Node[];
}
