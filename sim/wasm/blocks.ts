/**
 * Control-flow graph of one function over its shipped instructions.
 *
 * A block is a run of instructions with one way in and one way out. Blocks end after br, br_if, br_table, if, return,
 * unreachable, at `else`, and at an `end` or a `loop` where paths meet. What follows a br_if is always a block of its
 * own, even when empty, so every taken and untaken branch can be told apart by counting blocks.
 * `block`, `loop`, `end` and `else` belong to blocks as instructions but are not operators, see `isOperator`.
 */
import type { Instruction, WasmFunction } from './module.ts';

/** Where control goes after a block. `taken`: a branch leaves the straight line. `to` is -1 for a return. */
export interface Edge {
  to: number;
  taken: boolean;
}

export interface BasicBlock {
  id: number;
  /** Instructions [first, last) of the function's body. */
  first: number;
  last: number;
  /** Innermost loop, -1 outside of loops. */
  loop: number;
  exits: Edge[];
  /** False for code that no path reaches. */
  reachable: boolean;
}

export interface Loop {
  id: number;
  /** Enclosing loop, -1 for none. */
  parent: number;
  /** 1 for an outermost loop. */
  depth: number;
  /** First block of the body: the target of its back edges. */
  head: number;
  /** Index of the `loop` instruction. */
  instruction: number;
}

export interface ControlFlow {
  blocks: BasicBlock[];
  loops: Loop[];
}

const structure = new Set(['block', 'loop', 'end', 'else']);

/** Whether an instruction counts as an executed operator. block, loop, end and else are structure and do not. */
export const isOperator = (instruction: Instruction): boolean => !structure.has(instruction.name);

interface Frame {
  kind: 'function' | 'block' | 'loop' | 'if';
  /** Target of branches, for a loop. */
  head: number;
  /** Loop id, for a loop. */
  loop: number;
  /** Edges that arrive at the frame's end. */
  pending: Edge[];
  /** The untaken arm of an if that has no else yet. */
  elseEdge?: Edge;
}

export function controlFlow(f: WasmFunction): ControlFlow {
  return new Builder().build(f);
}

class Builder {
  private readonly blocks: BasicBlock[] = [];
  private readonly loops: Loop[] = [];
  private readonly frames: Frame[] = [];
  private readonly sources = new Map<Edge, BasicBlock>();
  private loop = -1;
  private current: BasicBlock = this.open(0, false);

  build(f: WasmFunction): ControlFlow {
    this.current.reachable = true;
    this.frames.push({ kind: 'function', head: -1, loop: -1, pending: [] });
    f.body.forEach((instruction, i) => this.step(instruction, i));
    return { blocks: this.blocks, loops: this.loops };
  }

  private step(instruction: Instruction, i: number): void {
    this.current.last = i + 1;
    switch (instruction.name) {
      case 'block':
        this.frames.push({ kind: 'block', head: -1, loop: -1, pending: [] });
        return;
      case 'loop':
        return this.enterLoop(i);
      case 'if': {
        const elseEdge = this.edge(this.current, -1, true);
        this.frames.push({ kind: 'if', head: -1, loop: -1, pending: [], elseEdge });
        return this.fallInto(i + 1);
      }
      case 'else':
        return this.enterElse(i);
      case 'end':
        return this.leaveFrame(i);
      case 'br':
        this.branch(instruction.index);
        return this.startDead(i + 1);
      case 'br_if':
        this.branch(instruction.index);
        return this.fallInto(i + 1);
      case 'br_table':
        for (const label of new Set(instruction.labels)) this.branch(label);
        return this.startDead(i + 1);
      case 'return':
        this.edge(this.current, -1, true);
        return this.startDead(i + 1);
      case 'unreachable':
        this.edge(this.current, -1, true);
        return this.startDead(i + 1);
    }
  }

  private enterLoop(i: number): void {
    const id = this.loops.length;
    const depth = this.loop < 0 ? 1 : this.loops[this.loop]!.depth + 1;
    this.loops.push({ id, parent: this.loop, depth, head: -1, instruction: i });
    this.loop = id;
    this.fallInto(i + 1);
    this.loops[id]!.head = this.current.id;
    this.frames.push({ kind: 'loop', head: this.current.id, loop: id, pending: [] });
  }

  private enterElse(i: number): void {
    const frame = this.frames.at(-1)!;
    if (this.current.reachable) frame.pending.push(this.edge(this.current, -1, true));
    const elseEdge = frame.elseEdge!;
    delete frame.elseEdge;
    this.current = this.open(i + 1, this.reaches(elseEdge));
    elseEdge.to = this.current.id;
  }

  private leaveFrame(i: number): void {
    const frame = this.frames.pop()!;
    if (frame.kind === 'function') {
      if (this.current.reachable) this.edge(this.current, -1, false);
      return;
    }
    if (frame.elseEdge) frame.pending.push(frame.elseEdge);
    if (frame.kind === 'loop') this.loop = this.loops[frame.loop]!.parent;
    const arrivals = frame.pending.filter((edge) => this.reaches(edge));
    if (frame.pending.length === 0 && frame.kind === 'block') return;
    const before = this.current;
    this.current = this.open(i + 1, before.reachable || arrivals.length > 0);
    if (before.reachable) this.edge(before, this.current.id, false);
    for (const edge of frame.pending) edge.to = this.current.id;
  }

  private branch(depth: number): void {
    const frame = this.frames[this.frames.length - 1 - depth]!;
    const edge = this.edge(this.current, frame.head, true);
    if (frame.kind === 'block' || frame.kind === 'if') frame.pending.push(edge);
  }

  /** Starts a block that the current one falls into. */
  private fallInto(first: number): void {
    const before = this.current;
    this.current = this.open(first, before.reachable);
    this.edge(before, this.current.id, false);
  }

  private startDead(first: number): void {
    this.current = this.open(first, false);
  }

  private edge(from: BasicBlock, to: number, taken: boolean): Edge {
    const edge = { to, taken };
    from.exits.push(edge);
    this.sources.set(edge, from);
    return edge;
  }

  private reaches(edge: Edge): boolean {
    return this.sources.get(edge)?.reachable ?? false;
  }

  private open(first: number, reachable: boolean): BasicBlock {
    const block = { id: this.blocks.length, first, last: first, loop: this.loop, exits: [], reachable };
    this.blocks.push(block);
    return block;
  }
}
