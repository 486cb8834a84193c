/**
 * Instruction selection: blocks of the graph to Thumb-2 with virtual registers. Each family of operations has a file in lower/; operations.ts there
 * says which one takes an operation.
 *
 * Order. wasm2c 1.0.32 puts an empty volatile asm after every load, which gcc's schedulers treat as a barrier, so loads,
 * stores and checks stay in program order. Values that are used once, in the same stretch of a block, are made where they are
 * used (gcc's temporary expression replacement), which is also where they fuse: addresses, shifted operands, mla, smlal.
 */
import { resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { argumentsOf, copyArguments } from './argument-copies.ts';
import { loadArguments } from './lower/call.ts';
import { lowerBlock } from './lower/block.ts';
import { Lowering, type Facts } from './lower/lowering.ts';
import { findLazy, findSegments, findUsers } from './lower/placement.ts';
import { findPostIncrements } from './lower/post-increment.ts';
import type { MachineCode, MachineLoop } from './machine.ts';
import { passing, type Frequencies } from './static-profile.ts';

export function lower(g: Graph, frequencies: Frequencies, facts: Facts): MachineCode {
  const l = lowerBlocks(new Lowering(g, facts), frequencies);
  // How many invariants there are is known behind that: again, where not all of them leave their loops.
  const homes = l.invariants.decide(g.loops);
  return finish(homes ? lowerBlocks(new Lowering(g, facts, homes), frequencies) : l, frequencies);
}

function lowerBlocks(l: Lowering, frequencies: Frequencies): Lowering {
  const { g } = l;
  findUsers(l);
  findSegments(l.g);
  findLazy(l);
  findPostIncrements(l);
  openBlocks(l, frequencies);
  const under = new Map(g.blocks.flatMap((b) => b.predicates.map((p) => [p, b] as const)));
  for (const [arm, b] of under) {
    const block = l.blocks.get(arm)!;
    block.weight = b.weight;
    block.guarded = true;
  }
  for (const b of g.blocks) {
    l.predicated = under.has(b);
    lowerBlock(l, b);
  }
  return l;
}

function finish(l: Lowering, frequencies: Frequencies): MachineCode {
  const { g } = l;
  for (const [b, code] of l.hoisted) {
    const target = l.blocks.get(b)!.code;
    const at = b === g.entry ? 0 : target.findLastIndex((m) => m.kind !== 'branch') + 1;
    target.splice(at, 0, ...code);
  }
  l.blocks.get(g.entry)!.code.unshift(...loadArguments(l));
  const all = g.blocks.flatMap((b) => [...b.phis, ...b.nodes]);
  const code: MachineCode = {
    blocks: g.blocks.map((b) => l.blocks.get(b)!),
    loops: machineLoops(g, frequencies),
    registers: l.next,
    floats: l.files,
    pairs: l.pairs,
    wides: l.wides,
    arrivals: new Map(),
    stepped: steppedOf(l),
    hoisted: new Set([...l.hoisted.values()].flatMap((all) => all.flatMap((m) => m.defs))),
    shared: namesOf(l, [...g.shared]),
    named: namesOf(
      l,
      all.filter((n) => !l.lazy.has(n)),
    ),
    wide: wordsOf(
      l,
      all.filter((n) => n.type === 'i64'),
    ),
    entry: g.entry.order,
  };
  copyArguments(code, argumentsOf(l));
  return code;
}

/** Joins that the choice of induction variables made. */
function steppedOf(l: Lowering): Set<number> {
  const made = l.g.blocks.flatMap((b) => b.phis.filter((n) => n.id >= l.g.stepped));
  return namesOf(l, made);
}

/** By each word of a wide value, its lower one. */
function wordsOf(l: Lowering, nodes: readonly Node[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const n of nodes) {
    const [low, high] = [0, 1].map((half) => l.registers.get(l.key(resolve(n), half)));
    if (low !== undefined) found.set(low, low);
    if (high !== undefined) found.set(high, low ?? high);
  }
  return found;
}

const namesOf = (l: Lowering, nodes: readonly Node[]): Set<number> =>
  new Set(nodes.flatMap((n) => [0, 1].flatMap((half) => l.registers.get(l.key(resolve(n), half)) ?? [])));

function openBlocks(l: Lowering, frequencies: Frequencies): void {
  for (const b of l.g.blocks)
    l.blocks.set(b, {
      id: b.order,
      code: [],
      weight: b.weight,
      frequency: frequencies.blocks.get(b) ?? 1,
      passing: afterChecks(b).map(frequencies.of),
      counts: afterChecks(b),
      successors: b.term.edges.map((e) => ({
        to: e.to.order,
        weight: e.weight,
        frequency: frequencies.edges.get(e) ?? 1,
        count: e.count ?? 0,
      })),
      next: -1,
      loopDepth: b.loop?.depth ?? 0,
      origin: b.origin,
    });
}

/** gcc's count of a block's code by the number of checks before it: each is a branch to it. */
function afterChecks(b: Block): number[] {
  const checks = b.nodes.filter((n) => passing(n) < 1);
  return [b.count, ...checks.map((n) => n.count * passing(n))];
}

function machineLoops(g: Graph, frequencies: Frequencies): MachineLoop[] {
  return g.loops.map((loop) => {
    const edges = [...loop.blocks].flatMap((b) => [...b.term.edges]).filter((e) => !loop.blocks.has(e.to));
    const entering = loop.header.preds.filter((e) => !loop.blocks.has(e.from));
    const sum = (list: readonly Edge[]) =>
      list.reduce((total, e) => total + (frequencies.edges.get(e) ?? 1), 0);
    return {
      header: loop.header.order,
      preheader: entering.length === 1 ? entering[0]!.from.order : -1,
      blocks: [...loop.blocks].map((b) => b.order),
      depth: loop.depth,
      enterFrequency: sum(entering),
      exitFrequency: sum(edges),
    };
  });
}
