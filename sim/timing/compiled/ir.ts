/**
 * Intermediate representation of compiled code: static single assignment over blocks, as a C compiler sees the output
 * of wasm2c. Values are 32 or 64 bit; addresses are sums of the memory's base pointer and a 32-bit wasm address.
 */

import type { Range } from './arcs.ts';
import type { DivisionRun } from './long-division.ts';

export type Type = 'i32' | 'i64' | 'f32' | 'f64' | 'void';

/**
 * Operations. Arithmetic carries the wasm name without the type. Others:
 * `base`, `size`: loads of the memory's data pointer and length from the instance; `pool`: the pointer to a static memory, which an asm hides from gcc;
 * `address`: base or pool + wasm address;
 * `place`: the pointer of a load that may read memory or a constant, a choice to be (split-reads.ts);
 * `load`, `store`: by address (args[0]) and constant `offset`; `check`: the bounds check of an access;
 * `forced`: the volatile asm of a load that stands elsewhere;
 * `global`, `setglobal`; `enter`: the check of the depth of calls; `phi`; `param`; `call`; `float`: any floating-point work.
 */
export type Op = string;

/** The number of the `global` that holds how deep calls are nested. */
export const callDepth = -1n;

/** One run of a copy or fill of memory, on average. */
export interface TransferRun {
  bytes: number;
  /** Share of the runs with an address that is not a multiple of 4. */
  unaligned: number;
  /** Share of the runs that copy from the end. */
  overlapping: number;
}

export interface Chosen {
  f: number;
  at: number;
  first: number;
}

export interface Node {
  id: number;
  op: Op;
  type: Type;
  args: Node[];
  /** Value of a constant, number of a parameter, global or function. */
  value: bigint;
  /** Constant byte offset of an access; first word of a parameter. */
  offset: number;
  /** Bytes of an access. */
  bytes: number;
  signed: boolean;
  block: Block;
  /** Set when the node was replaced by another one. */
  forward: Node | null;
  /** Version of memory that a load reads. */
  memory: number;
  /** Part of the block's instruction order: volatile points separate segments. */
  segment: number;
  /** Of a check: where gcc's names of its values come among those of the other checks, see inline-order.ts. */
  rank: number;
  /** Of a check: how often gcc thinks it is made. */
  count: number;
  name: string;
  /** What an inner loop compares with, made in it: loop2_invariant takes it out, behind the copies in front of the loop (inner-ends.ts). */
  inner: boolean;
  /** Of a read of the memory's pointer or length: by an accessor that the interprocedural inliner took, which gets it as a value (inline-order.ts). */
  late: boolean;
  /** Of a copy or fill of memory: what one run moves; null where nobody counted. */
  transfer: TransferRun | null;
  /** Of a division of 64 bits: what one run divides; null where nobody counted. */
  division: DivisionRun | null;
  /** Of a choice: where it stands and the share of the runs that take its first value; null where nobody counted. */
  chosen: Chosen | null;
  /** Of a parameter: what all callers pass lies in it; null where nothing is known. */
  range: { low: number; high: number } | null;
  /**
   * C variable that wasm2c assigns the value to (a local or a stack slot), -1 for a value without one. gcc's expansion
   * does not move an expression into an assignment of a variable that the expression reads.
   */
  variable: number;
  /** Wasm function and block that pay for it. */
  origin: { f: number; block: number };
}

export interface Edge {
  from: Block;
  to: Block;
  weight: number;
  /** How often gcc thinks it is taken. */
  count?: number;
  /** Which way out of a wasm block it is (`exitKey`), of code as it is written. */
  exit?: number;
  /** Written as a goto, of code as it is written. */
  jumps?: boolean;
}

export type Term =
  | { kind: 'jump'; edges: [Edge] }
  | { kind: 'branch'; condition: Node; edges: [Edge, Edge] }
  /** `cases` holds the edge that each case takes, once those of one way are joined (join-cases.ts). */
  | { kind: 'table'; condition: Node; edges: Edge[]; cases?: number[] }
  | { kind: 'return'; values: Node[]; edges: [] }
  | { kind: 'trap'; edges: [] };

export interface Block {
  id: number;
  phis: Node[];
  nodes: Node[];
  term: Term;
  preds: Edge[];
  weight: number;
  /** How often gcc thinks it runs. */
  count: number;
  /** Wasm block that pays for it. */
  origin: { f: number; block: number };
  /** The first block of a loop whose test was copied in front of it (rotate.ts). */
  rotated: boolean;
  /** The first block of a loop whose first round stands in front of it (preload.ts). */
  turned: boolean;
  /** Immediate dominator and depth in the dominator tree. */
  dominator: Block | null;
  order: number;
  loop: LoopNode | null;
  /** Blocks that are executed under this block's condition instead of being branched to. */
  predicates: Block[];
}

export interface LoopNode {
  header: Block;
  parent: LoopNode | null;
  depth: number;
  blocks: Set<Block>;
  /** Entries from outside. */
  preheader: Block | null;
}

export class Graph {
  blocks: Block[] = [];
  entry!: Block;
  loops: LoopNode[] = [];
  /** The largest count of a block before loops were turned. */
  mostCount = 0;
  /** An asm behind every load keeps it where it is. */
  pinnedLoads = true;
  /** What gcc's early passes see (reassoc comes later). */
  early = false;
  /** Functions are given the module's instance. */
  hasInstance = true;
  /** gcc's counts as a part of ours (own-profile.ts). */
  countScale = 1;
  /** Choices that became branches (thread-choices.ts). */
  readonly branched: Chosen[] = [];
  private nextNode = 0;
  private nextBlock = 0;
  private readonly constants = new Map<string, Node>();
  private readonly nowhere: Block = this.detached();

  private detached(): Block {
    return {
      id: -1,
      phis: [],
      nodes: [],
      term: { kind: 'trap', edges: [] },
      preds: [],
      weight: 0,
      count: 0,
      origin: { f: 0, block: 0 },
      rotated: false,
      turned: false,
      dominator: null,
      order: -1,
      loop: null,
      predicates: [],
    };
  }

  /** Where the nodes of the choice of induction variables begin. */
  stepped = Infinity;

  /** Sums that are made once for several (lower/common-sums.ts). */
  readonly shared = new Set<Node>();

  /** What ranges said of values that loops carry round before anything was done to the loops: names keep it (SSA_NAME_RANGE_INFO). */
  readonly ranges = new Map<Node, Range>();

  /** Nodes so far: those made later have no lower ids. */
  get size(): number {
    return this.nextNode;
  }

  block(weight: number, origin: { f: number; block: number }, count = 0): Block {
    const block: Block = { ...this.detached(), id: this.nextBlock++, weight, origin, count };
    this.blocks.push(block);
    return block;
  }

  node(block: Block, op: Op, type: Type, args: Node[], extra: Partial<Node> = {}): Node {
    return {
      id: this.nextNode++,
      op,
      type,
      args,
      value: 0n,
      offset: 0,
      bytes: 0,
      signed: false,
      block,
      forward: null,
      memory: 0,
      segment: 0,
      rank: 0,
      late: false,
      count: 0,
      name: '',
      inner: false,
      transfer: null,
      division: null,
      chosen: null,
      range: null,
      variable: -1,
      origin: block.origin,
      ...extra,
    };
  }

  /** The same operation in another block and on other operands. */
  copy(n: Node, block: Block, args: Node[]): Node {
    return { ...n, id: this.nextNode++, block, args, forward: null };
  }

  constant(type: Type, value: bigint): Node {
    const wrapped = type === 'i32' ? BigInt.asIntN(32, value) : BigInt.asIntN(64, value);
    const key = `${type}:${wrapped}`;
    let node = this.constants.get(key);
    if (!node)
      this.constants.set(key, (node = this.node(this.nowhere, 'const', type, [], { value: wrapped })));
    return node;
  }
}

export function resolve(node: Node): Node {
  let n = node;
  while (n.forward) n = n.forward;
  return n;
}

/** Values that were replaced are read by their new names everywhere. */
export function resolveAll(g: Graph): void {
  for (const b of g.blocks) {
    for (const n of [...b.phis, ...b.nodes]) n.args = n.args.map(resolve);
    if ('condition' in b.term) b.term.condition = resolve(b.term.condition);
    if (b.term.kind === 'return') b.term.values = b.term.values.map(resolve);
  }
}

export const isConst = (n: Node, value?: number): boolean =>
  n.op === 'const' && (value === undefined || n.value === BigInt(value));
