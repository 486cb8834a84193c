/**
 * Bounds checks as gcc leaves them. wasm2c compares address + offset + width with the memory's length in 64 bits; where
 * the sum provably fits 32 bits the comparison shrinks to 32 ("guard"), else it takes two words ("guard64").
 * A check that passed bounds the length from below, which makes checks of lower addresses vanish.
 * Division checks vanish where ranges rule the trap out.
 */
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { hasEffect } from './optimize.ts';
import { Ranges } from './ranges.ts';
import { signedRange } from './signed-range.ts';
import { simplify, type Make } from './simplify.ts';

export function shrinkChecks(g: Graph): void {
  const ranges = new Ranges();
  // What passed checks say about each length, by block: the least that it can be.
  const least = new Map<Block, Map<Node, number>>();
  for (const b of g.blocks) {
    const known = new Map(b.dominator ? least.get(b.dominator) : []);
    least.set(b, known);
    const out: Node[] = [];
    for (const n of b.nodes) {
      if (n.op === 'divcheck') {
        const divisor = ranges.of(n.args[1]!);
        const signed = signedRange(n.args[1]!);
        if (signed.low > 0 && signed.high < 2 ** 31) continue;
        const bounded = n.args[1]!.type === 'i32' && divisor.low > 0 && divisor.high < 0xffffffff;
        if (!bounded && !(n.name.endsWith('_u') && isNonzero(n.args[1]!, b))) out.push(n);
        continue;
      }
      if (n.op !== 'check') {
        out.push(n);
        continue;
      }
      const [address, size] = n.args.map(resolve) as [Node, Node];
      const reach = n.offset + n.bytes;
      const range = ranges.of(address);
      if (range.high + reach <= (known.get(size) ?? 0)) continue;
      // Where a check before the loop bounds the same length, gcc can count the iterations up to the trap: the check
      // becomes a test for equality of a 64-bit counter.
      const before =
        b.loop?.preheader && !b.loop.blocks.has(size.block) ? least.get(b.loop.preheader)?.has(size) : false;
      known.set(size, Math.max(known.get(size) ?? 0, range.low + reach));
      // The comparison shrinks to 32 bits for a byte without offset (x + 1 > y is x >= y), and where the address is
      // known and has no offset; with an offset gcc keeps the 64-bit sum.
      const byte = n.bytes === 1 && n.offset === 0;
      if (!byte && (n.offset !== 0 || range.high + reach > 0xffffffff) && !isConst(address)) {
        n.op = 'guard64';
        out.push(n);
        continue;
      }
      const make: Make = (op, type, args, extra = {}) => {
        const node = g.node(b, op, type, args, { ...extra, origin: n.origin });
        const simpler = simplify(g, node, make);
        if (simpler) return simpler;
        const twin = out.find(
          (x) =>
            x.op === op &&
            !hasEffect(x) &&
            x.args.length === args.length &&
            x.args.every((a, i) => resolve(a) === args[i]),
        );
        if (twin) return twin;
        out.push(node);
        return node;
      };
      const end = make('add', 'i32', [address, g.constant('i32', BigInt(reach))]);
      n.op = 'guard';
      if (before && !byte && !isConst(end)) n.name = 'counted';
      n.args = [end, size];
      out.push(n);
    }
    b.nodes = out;
  }
}

/** Whether every way to a block tested the value against zero. */
function isNonzero(value: Node, b: Block): boolean {
  const n = resolve(value);
  for (let x: Block = b; x.dominator; x = x.dominator)
    if (x.preds.length === 1 && tests(x.preds[0]!.from, x, n)) return true;
  return (
    n.op === 'phi' &&
    n.args.every((a, i) => {
      const from = n.block.preds[i]!.from;
      const arg = resolve(a);
      return (
        (isConst(arg) && arg.value !== 0n) ||
        tests(from, n.block, arg) ||
        (arg.op === 'or' && arg.args.some((x) => isConst(x) && x.value !== 0n))
      );
    })
  );
}

/** Whether a block goes on to another only when a value is not zero. */
function tests(from: Block, to: Block, n: Node): boolean {
  const { term } = from;
  if (term.kind !== 'branch') return false;
  const condition = resolve(term.condition);
  if (condition === n) return term.edges[0].to === to;
  if (
    !/^(eq|ne)$/.test(condition.op) ||
    resolve(condition.args[0]!) !== n ||
    !isConst(resolve(condition.args[1]!), 0)
  )
    return false;
  return term.edges[condition.op === 'ne' ? 0 : 1].to === to;
}
