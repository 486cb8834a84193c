/** Masks that keep every bit that a value can have do nothing (simplify_bit_ops_using_ranges): that of a shift by a counter, before all. */
import { isConst, resolve, type Graph, type Node } from './ir.ts';
import { Ranges } from './ranges.ts';

export function dropMasks(g: Graph): void {
  const ranges = new Ranges();
  for (const b of g.blocks)
    b.nodes = b.nodes.filter((n) => {
      const [value, mask] = n.args.map(resolve);
      if (n.op !== 'and' || n.type !== 'i32' || !isConst(mask!) || !keeps(mask, ranges.at(value!, b).high))
        return true;
      n.forward = value!;
      return false;
    });
}

const keeps = (mask: Node, high: number): boolean => {
  const bits = 2 ** Math.ceil(Math.log2(high + 1)) - 1;
  return (Number(BigInt.asUintN(32, mask.value)) & bits) >>> 0 === bits;
};
