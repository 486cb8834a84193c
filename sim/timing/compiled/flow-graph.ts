/** The control-flow graph that a C compiler would see: blocks of wasm instructions with how often they and their edges ran (build-flow-graph.ts). */
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { Parameters } from './parameters.ts';
import { reversePostorder } from './reverse-postorder.ts';
import type { StackLayout } from './stack.ts';

/** A function's body in this graph: where its locals and stack slots are among the graph's variables. */
export interface Activation {
  f: FunctionAnalysis;
  layout: StackLayout;
  /** Variable of local 0; stack slots follow the locals. */
  variables: number;
  slots: number;
}

export interface FlowEdge {
  to: FlowBlock;
  weight: number;
  /** Which way out of a wasm block it is (`exitKey`), -1 for none. */
  exit: number;
  /** Written as a goto. */
  jumps: boolean;
  /** How likely gcc thinks it is, of the ways out of its block. */
  chance: number;
  /** How often gcc thinks it is taken. */
  count: number;
}

export const exitKey = (block: number, way: number): number => block * 65536 + way;

/** What a variable is set to at the start of a block: a copy of another variable, or zero. */
export interface Move {
  to: number;
  from: number | 'zero';
}

export type FlowTerm =
  | { kind: 'jump'; edge: FlowEdge }
  | { kind: 'branch'; slot: number; yes: FlowEdge; no: FlowEdge }
  | { kind: 'table'; slot: number; edges: FlowEdge[] }
  | { kind: 'return' }
  | { kind: 'trap' };

export interface FlowBlock {
  id: number;
  activation: Activation;
  /** Wasm block that it comes from; costs are booked there. */
  origin: { f: number; block: number };
  moves: Move[];
  /** Instructions [first, last) of the activation's function. */
  first: number;
  last: number;
  term: FlowTerm;
  weight: number;
  /** How often gcc thinks it runs. */
  count: number;
  /** How likely gcc thinks it is that one of its divisions does not trap. */
  divides: number;
  /** Loops around it, outermost first; one object a loop of an activation. */
  nest: readonly object[];
  /** The first block of a loop whose test was copied in front of it (rotate.ts). */
  rotated: boolean;
  /** Begins with a function's entry: wasm2c counts the depth of the call stack there. */
  enters: boolean;
  /** Begins after an inlined function's end: the count goes down again. */
  leaves: boolean;
}

export interface FlowGraph {
  analysis: ModuleAnalysis;
  counts: BlockCounts;
  root: FunctionAnalysis;
  entry: FlowBlock;
  blocks: FlowBlock[];
  variables: number;
  /** Variables that hold the results at a return. */
  results: number[];
  /** Functions whose bodies are inlined here. */
  inlined: Set<number>;
  /** As it is written, before inlining and the turning of loops. */
  early: boolean;
  mostCount: number;
  /** What is known of the parameters of functions. */
  parameters: Parameters;
  /** Whether an access of a function calls its accessor. */
  isCalled: (f: FunctionAnalysis, at: number) => boolean;
}

/** What gcc guesses of a function before it inlines. */
export interface Guess {
  /** How likely each way out of a block is, by exit. */
  ways: ReadonlyMap<number, number>;
  /** How likely it is that a block's divisions do not trap. */
  divides: ReadonlyMap<number, number>;
  /** Instructions whose accessors are called from where gcc expects the function to get too rarely (cold-accesses.ts). */
  cold: ReadonlySet<number>;
}

export interface Guesses {
  of(f: FunctionAnalysis): Guess;
  /** Functions check the depth of calls. */
  countsDepth: boolean;
  /** How likely it is that control goes on behind an access; one that waits for the interprocedural inliner does not branch early. */
  passes(f: FunctionAnalysis, at: number, early: boolean): number;
  /** Whether an access stays the call of an accessor. */
  isCalled(f: FunctionAnalysis, at: number): boolean;
}

export const flowEdge = (to: FlowBlock, weight: number): FlowEdge => ({
  to,
  weight,
  exit: -1,
  jumps: false,
  chance: 1,
  count: 0,
});

export function edgesOf(term: FlowTerm): FlowEdge[] {
  switch (term.kind) {
    case 'jump':
      return [term.edge];
    case 'branch':
      return [term.yes, term.no];
    case 'table':
      return term.edges;
    default:
      return [];
  }
}

/** Blocks that are reached, each before what only it leads to. */
export const flowOrder = (entry: FlowBlock): FlowBlock[] =>
  reversePostorder(entry, (b) => edgesOf(b.term).map(({ to }) => to));
