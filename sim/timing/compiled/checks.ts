/**
 * Bounds checks as gcc leaves them. wasm2c compares address + offset + width with the memory's length in 64 bits; where
 * the sum provably fits 32 bits the comparison shrinks to 32 ("guard"), else it takes two words ("guard64").
 * Division checks vanish where ranges rule the trap out.
 */
import { resolve, type Graph, type Node } from './ir.ts';
import { hasEffect } from './optimize.ts';
import { Ranges } from './ranges.ts';
import { simplify, type Make } from './simplify.ts';

export function shrinkChecks(g: Graph): void {
  const ranges = new Ranges();
  for (const b of g.blocks) {
    const out: Node[] = [];
    for (const n of b.nodes) {
      if (n.op === 'divcheck') {
        const divisor = ranges.of(n.args[1]!);
        const safe = n.args[1]!.type === 'i32' && divisor.low > 0 && divisor.high < 0xffffffff;
        if (!safe) out.push(n);
        continue;
      }
      if (n.op !== 'check') {
        out.push(n);
        continue;
      }
      const [address, size] = n.args.map(resolve) as [Node, Node];
      const reach = n.offset + n.bytes;
      if (ranges.of(address).high + reach > 0xffffffff) {
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
      n.args = [end, size];
      out.push(n);
    }
    b.nodes = out;
  }
}
