/** Linear memory in the C text that a build compiles: what a function reads of it on the way in, and how it reaches a byte. */
import type { Instruction } from '../../wasm/module.ts';
import type { Activation, FlowGraph } from './flow-graph.ts';
import type { Graph, Node, Type } from './ir.ts';
import type { Make } from './simplify.ts';

/** What makes nodes where the text is translated. */
export interface NodeWriter {
  g: Graph;
  flow: FlowGraph;
  make: Make;
  effect: (op: string, args: Node[], extra?: Partial<Node>, type?: Type) => Node;
}

export interface Access {
  instruction: Instruction;
  /** Its place in the function. */
  at: number;
  address: Node;
  bytes: number;
  /** Its accessor waits for the interprocedural inliner. */
  late: boolean;
}

export interface TextMemory {
  enter(activation: Activation): void;
  leave(): void;
  /** Where memory begins. */
  pointer(activation: Activation): Node;
  /** The pointer of an access, behind its check; one that is chosen (`place`) has the offset in it. */
  access(access: Access, activation: Activation): Node;
  /** Once all is there. */
  finish?(): void;
}
