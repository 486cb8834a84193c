/**
 * Loads of firmware that may read memory or a constant (esc_any_read in generator/firmware/c/src/wasm-rt.h): a branch by where the address lies, and one pointer or the other.
 *
 *     if (address in memory) p = memory + address
 *     else if (address in constants) p = constants + address    else trap
 */
import { addEdge } from './edges.ts';
import type { Block, Graph, Node } from './ir.ts';
import { passesCheck, passesEither } from './static-profile.ts';

interface Region {
  first: number;
  end: number;
}

export function splitReads(g: Graph, ram: Region, flash: Region): void {
  const work = [...g.blocks];
  for (const b of work) {
    const at = b.nodes.findIndex((n) => n.op === 'place');
    // What stands behind it is looked at in turn.
    if (at >= 0) work.push(split(g, b, at, ram, flash));
  }
}

function split(g: Graph, b: Block, at: number, ram: Region, flash: Region): Block {
  const read = b.nodes[at]!;
  const [address, memory, constants] = read.args as [Node, Node, Node];
  const { origin } = read;
  const constant = (n: number) => g.constant('i32', BigInt(n));
  const make = (to: Block, op: string, args: Node[]): Node => {
    const n = g.node(to, op, 'i32', args, { origin });
    to.nodes.push(n);
    return n;
  };
  const { count } = read;
  const behind = g.block(b.weight, b.origin, count * passesEither);
  behind.nodes = b.nodes.splice(at).slice(1);
  for (const n of behind.nodes) n.block = behind;
  behind.term = b.term;
  for (const e of behind.term.edges) e.from = behind;
  const share = read.chosen?.first ?? 1;
  const inRam = g.block(b.weight * share, b.origin, count * passesCheck);
  const inFlash = g.block(b.weight * (1 - share), b.origin, count * (1 - passesCheck));
  const value = (to: Block, { first, end }: Region): [Node, number] =>
    read.offset >= first
      ? [address, end - read.bytes - read.offset]
      : [make(to, 'add', [address, constant(read.offset - first)]), end - first - read.bytes];
  const [tested, most] = value(b, ram);
  const condition = make(b, 'le_u', [tested, constant(most)]);
  const pointer = (to: Block, base: Node): Node => {
    const sum = make(to, 'address', [base, address]);
    return read.offset === 0 ? sum : make(to, 'add', [sum, constant(read.offset)]);
  };
  const [second, last] = value(inFlash, flash);
  inFlash.nodes.push(
    g.node(inFlash, 'guard', 'void', [second, constant(last)], { origin, count: inFlash.count }),
  );
  const pointers = [pointer(inRam, memory), pointer(inFlash, constants)];
  b.term = {
    kind: 'branch',
    condition,
    edges: [addEdge(b, inRam, inRam.weight, inRam.count), addEdge(b, inFlash, inFlash.weight, inFlash.count)],
  };
  const toEnd = (arm: Block, often: number) =>
    (arm.term = { kind: 'jump', edges: [addEdge(arm, behind, arm.weight, often)] });
  toEnd(inRam, inRam.count);
  toEnd(inFlash, inFlash.count * passesCheck);
  const phi = g.node(behind, 'phi', 'i32', pointers, { origin });
  behind.phis = [phi];
  read.forward = phi;
  return behind;
}
