/**
 * Builds the control-flow graph of a function: callees inlined, loops rotated (rotate.ts).
 *
 * Inlining. wasm2c emits one static C function a wasm function; gcc -O2 inlines static functions that are called
 * once, and small ones. An inlined body gets locals of its own; its counts are split over its call sites by their counts.
 */
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import { edgeCounts } from '../../wasm/edge-counts.ts';
import { estimateCounts } from './flow-counts.ts';
import {
  exitKey,
  flowEdge,
  type Activation,
  type FlowBlock,
  type FlowEdge,
  type FlowGraph,
  type FlowTerm,
  type Guesses,
  type Move,
} from './flow-graph.ts';
import type { Inlining } from './inline.ts';
import { mergeLoops } from './merge-loops.ts';
import type { Parameters } from './parameters.ts';
import { rotate, type NewBlock } from './rotate.ts';
import { splitLatches } from './split-latches.ts';
import { stackLayout, type StackLayout } from './stack.ts';
import { threadJumps } from './thread-jumps.ts';

export function buildFlowGraph(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  root: FunctionAnalysis,
  inlining: Inlining = new Map(),
  share = 1,
  guesses: Guesses | null = null,
  parameters: Parameters = () => [],
  isPart: (f: number) => boolean = () => false,
): FlowGraph {
  const flow = new FlowBuilder(analysis, counts, guesses, isPart).build(root, share, true, inlining);
  return { ...flow, parameters };
}

/** A function by itself with what is guessed of it, its loops as they are written. */
export function buildGuessedGraph(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  root: FunctionAnalysis,
  guesses: Guesses,
): FlowGraph {
  return new FlowBuilder(analysis, counts, guesses).build(root, 1, false);
}

/** A function by itself, its loops as they are written: what gcc's early passes see. */
export function buildEarlyGraph(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  root: FunctionAnalysis,
): FlowGraph {
  return new FlowBuilder(analysis, counts, null).build(root, 1, false);
}

class FlowBuilder {
  private readonly blocks: FlowBlock[] = [];
  private variables = 0;
  private readonly inlined = new Set<number>();
  private readonly layouts = new Map<number, StackLayout>();
  private readonly taken = new Map<number, number[][]>();
  private readonly analysis: ModuleAnalysis;
  private readonly counts: BlockCounts;
  private readonly guesses: Guesses | null;
  private readonly isPart: (f: number) => boolean;
  /** Loops, those of callees first. */
  private readonly headers: { header: FlowBlock; loop: object }[] = [];

  /** @param isPart Whether callers check the depth of calls for a function. */
  constructor(
    analysis: ModuleAnalysis,
    counts: BlockCounts,
    guesses: Guesses | null,
    isPart: (f: number) => boolean = () => false,
  ) {
    this.isPart = isPart;
    this.analysis = analysis;
    this.counts = counts;
    this.guesses = guesses;
  }

  build(root: FunctionAnalysis, share: number, rotated: boolean, inlining: Inlining = new Map()): FlowGraph {
    const entry = this.activate(root, share, inlining, null, []);
    entry.enters = !this.isPart(root.wasm.index);
    estimateCounts(entry, this.guesses, !rotated);
    const mostCount = this.blocks.reduce((most, b) => Math.max(most, b.count), 0);
    if (rotated)
      for (const { header, loop } of splitLatches(this.blocks, this.headers, this.block))
        rotate(this.blocks, header, loop, this.block);
    const results = root.wasm.type.results.map((_, i) => entry.activation.slots + i);
    return {
      analysis: this.analysis,
      counts: this.counts,
      root,
      entry,
      blocks: this.blocks,
      variables: this.variables,
      results,
      inlined: this.inlined,
      early: !rotated,
      mostCount,
      parameters: () => [],
      isCalled: (f, at) => this.guesses?.isCalled(f, at) ?? false,
    };
  }

  /**
   * Adds the blocks of a function; `share` is the part of its counts that belongs to this activation. With `after`,
   * returns jump there (an inlined call).
   */
  private activate(
    f: FunctionAnalysis,
    share: number,
    inlining: Inlining,
    after: FlowBlock | null,
    nest: readonly object[],
  ): FlowBlock {
    const index = f.wasm.index;
    let layout = this.layouts.get(index);
    if (!layout) this.layouts.set(index, (layout = stackLayout(this.analysis.module, f.wasm)));
    const variables = this.variables;
    const slots = variables + f.wasm.locals.length;
    this.variables = slots + layout.maximum;
    const activation: Activation = { f, layout, variables, slots };
    const counts = this.counts.blocks[index]!;
    const weight = (id: number) => (counts[id] ?? 0) * share;

    const loops: object[] = f.loops.map(() => ({}));
    const nests = f.blocks.map((b) => {
      const inner: object[] = [];
      for (let l = b.loop; l >= 0; l = f.loops[l]!.parent) inner.unshift(loops[l]!);
      return [...nest, ...inner];
    });
    const first = new Map<number, FlowBlock>();
    for (const b of f.blocks) {
      if (!b.reachable) continue;
      const block = this.block(activation, index, b.id, b.first, b.last, weight(b.id), nests[b.id]!);
      if (b.id === 0)
        block.moves = f.wasm.locals
          .map((_, i): Move => ({ to: variables + i, from: 'zero' }))
          .slice(f.wasm.type.params.length);
      first.set(b.id, block);
    }
    for (const b of f.blocks) {
      if (!b.reachable) continue;
      const tail = this.splitCalls(first.get(b.id)!, share, inlining);
      tail.term = this.terminate(activation, b.id, tail, first, weight, after);
    }
    // Before loops are rotated, as gcc does: a loop tests at its top only once the arms of `a && b` leave it.
    threadJumps(this.blocks.filter((b) => b.activation === activation));
    const written = f.loops.toReversed().flatMap((loop) => {
      const header = first.get(loop.head);
      return header ? [{ header, loop: loops[loop.id]! }] : [];
    });
    this.headers.push(...mergeLoops(this.blocks, written));
    first.get(0)!.enters = true;
    return first.get(0)!;
  }

  private readonly block: NewBlock = (activation, f, block, first, last, weight, nest) => {
    const result: FlowBlock = {
      id: this.blocks.length,
      activation,
      origin: { f, block },
      moves: [],
      first,
      last,
      term: { kind: 'trap' },
      weight,
      count: 0,
      divides: 1,
      nest,
      rotated: false,
      enters: false,
      leaves: false,
    };
    this.blocks.push(result);
    return result;
  };

  /** Cuts a block at calls that are inlined; returns its last part. */
  private splitCalls(block: FlowBlock, share: number, inlining: Inlining, entered = -1): FlowBlock {
    const { activation, origin } = block;
    const { body } = activation.f.wasm;
    const restFrom = (at: number): FlowBlock =>
      this.block(activation, origin.f, origin.block, at, block.last, block.weight, block.nest);
    for (let i = block.first; i < block.last; i++) {
      const instruction = body[i]!;
      if (instruction.name !== 'call' || activation.layout.heights[i]! < 0) continue;
      const callee = this.analysis.functions[instruction.index]!;
      const into = inlining.get(i);
      if (!into) {
        if (i === entered || !this.isPart(instruction.index)) continue;
        const call = restFrom(i);
        call.enters = true;
        block.last = i;
        block.term = { kind: 'jump', edge: flowEdge(call, block.weight) };
        return this.splitCalls(call, share, inlining, i);
      }
      this.inlined.add(callee.wasm.index);
      const { params, results } = callee.wasm.type;
      const calls = this.counts.blocks[callee.wasm.index]![0]!;
      const rest = restFrom(i + 1);
      const entry = this.activate(
        callee,
        calls > 0 ? block.weight / calls : share,
        into.inlined,
        rest,
        block.nest,
      );
      const base = activation.slots + activation.layout.heights[i]! - params.length;
      entry.moves = [
        ...params.map((_, p): Move => ({ to: entry.activation.variables + p, from: base + p })),
        ...entry.moves,
      ];
      rest.moves = results.map((_, r): Move => ({ to: base + r, from: entry.activation.slots + r }));
      rest.leaves = true;
      block.last = i;
      block.term = { kind: 'jump', edge: flowEdge(entry, block.weight) };
      return this.splitCalls(rest, share, inlining);
    }
    return block;
  }

  private terminate(
    activation: Activation,
    id: number,
    tail: FlowBlock,
    first: Map<number, FlowBlock>,
    weight: (id: number) => number,
    after: FlowBlock | null,
  ): FlowTerm {
    const { f, layout } = activation;
    const b = f.blocks[id]!;
    const at = b.last - 1;
    const instruction = f.wasm.body[at];
    const name = tail.first <= at ? instruction?.name : undefined;
    const height = layout.heights[at] ?? 0;
    const total = weight(id);
    const leave = (n: number): FlowEdge | null =>
      after
        ? flowEdge(
            this.carry(activation, height, { height: 0, arity: f.wasm.type.results.length }, after, n),
            n,
          )
        : null;
    const likely = this.guesses?.of(f).ways;
    const guessed = (e: FlowEdge, way: number, ways: number, jumps: boolean): FlowEdge => {
      e.exit = exitKey(id, way);
      e.jumps = jumps;
      e.chance = likely?.get(e.exit) ?? 1 / ways;
      return e;
    };
    const edgeTo = (to: number, n: number, branch: number): FlowEdge => {
      const target = branch >= 0 ? layout.targets.get(at)![branch]! : undefined;
      const popped = name === 'br' || name === 'return' ? 0 : 1;
      if (to < 0) {
        const results = f.wasm.type.results.length;
        const from = { height: 0, arity: results };
        const end = after ?? this.returnBlock(activation, id, n, tail.nest);
        return flowEdge(this.carry(activation, height - popped, from, end, n), n);
      }
      const block = first.get(to)!;
      return flowEdge(target ? this.carry(activation, height - popped, target, block, n) : block, n);
    };
    switch (name) {
      case 'br_if':
      case 'if': {
        const [taken, fall] = b.exits;
        const fallWeight = Math.min(total, weight(fall!.to));
        const fallEdge = guessed(flowEdge(first.get(fall!.to)!, fallWeight), 1, 2, false);
        const branch = name === 'br_if' ? 0 : -1;
        const takenEdge = guessed(edgeTo(taken!.to, total - fallWeight, branch), 0, 2, branch === 0);
        const slot = activation.slots + height - 1;
        return name === 'br_if'
          ? { kind: 'branch', slot, yes: takenEdge, no: fallEdge }
          : { kind: 'branch', slot, yes: fallEdge, no: takenEdge };
      }
      case 'br_table': {
        // One edge a label; cases with one label share what its way is taken.
        const labels = instruction!.labels;
        const exits = [...new Set(labels)];
        const place = new Map(exits.map((label, k) => [label, k]));
        const cases = exits.map(() => 0);
        for (const label of labels) cases[place.get(label)!]!++;
        const taken = this.ways(f)[id]!;
        const all = taken.reduce((sum, n) => sum + n, 0);
        const edges = labels.map((label, k) => {
          const exit = place.get(label)!;
          const part = all > 0 ? taken[exit]! / all / cases[exit]! : 0;
          return guessed(edgeTo(b.exits[exit]!.to, total * part, k), k, labels.length, true);
        });
        return { kind: 'table', slot: activation.slots + height - 1, edges };
      }
      case 'br':
        return { kind: 'jump', edge: guessed(edgeTo(b.exits[0]!.to, total, 0), 0, 1, true) };
      case 'return': {
        const edge = after ? edgeTo(-1, total, 0) : null;
        if (edge) return { kind: 'jump', edge: guessed(edge, 0, 1, true) };
        const end = this.returnFrom(activation, height, id, total, tail.nest);
        guessed(end.edge, 0, 1, true);
        return end;
      }
      case 'unreachable':
        return { kind: 'trap' };
      default: {
        const exit = b.exits[0];
        if (exit && exit.to >= 0) return { kind: 'jump', edge: flowEdge(first.get(exit.to)!, total) };
        const edge = leave(total);
        return edge ? { kind: 'jump', edge } : { kind: 'return' };
      }
    }
  }

  /** How often each way out of each block of a function is taken. */
  private ways(f: FunctionAnalysis): number[][] {
    const { index } = f.wasm;
    let ways = this.taken.get(index);
    if (!ways) this.taken.set(index, (ways = edgeCounts(f, this.counts.blocks[index]!)));
    return ways;
  }

  private returnFrom(
    activation: Activation,
    height: number,
    id: number,
    total: number,
    nest: readonly object[],
  ): { kind: 'jump'; edge: FlowEdge } {
    const arity = activation.f.wasm.type.results.length;
    const end = this.returnBlock(activation, id, total, nest);
    return {
      kind: 'jump',
      edge: flowEdge(this.carry(activation, height, { height: 0, arity }, end, total), total),
    };
  }

  private returnBlock(
    activation: Activation,
    id: number,
    weight: number,
    nest: readonly object[],
  ): FlowBlock {
    const block = this.block(activation, activation.f.wasm.index, id, 0, 0, weight, nest);
    block.term = { kind: 'return' };
    return block;
  }

  /** A block between a branch and its target that moves the carried values down, where they have to move. */
  private carry(
    activation: Activation,
    height: number,
    target: { height: number; arity: number },
    to: FlowBlock,
    weight: number,
  ): FlowBlock {
    const from = height - target.arity;
    if (from === target.height || target.arity === 0) return to;
    const block = this.block(activation, to.origin.f, to.origin.block, 0, 0, weight, to.nest);
    block.moves = Array.from({ length: target.arity }, (_, k) => ({
      to: activation.slots + target.height + k,
      from: activation.slots + from + k,
    }));
    block.term = { kind: 'jump', edge: flowEdge(to, weight) };
    return block;
  }
}
