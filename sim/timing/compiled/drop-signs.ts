/** Signed quotients and remainders of what is never negative, by powers of two, are shifts and masks (simplify_div_or_mod_using_ranges). */
import { isConst, resolve, type Graph } from './ir.ts';
import { Ranges } from './ranges.ts';

export function dropSigns(g: Graph): void {
  const ranges = new Ranges();
  for (const b of g.blocks)
    for (const n of b.nodes) {
      if (n.type !== 'i32' || !/^(div|rem)_s$/.test(n.op)) continue;
      const [value, by] = n.args.map(resolve);
      if (!isConst(by!) || by.value <= 0n || (by.value & (by.value - 1n)) !== 0n) continue;
      if (ranges.at(value!, b).high >= 2 ** 31) continue;
      const places = by.value.toString(2).length - 1;
      const rest = n.op === 'rem_s';
      n.op = rest ? 'and' : 'shr_s';
      n.args = [value!, g.constant('i32', rest ? by.value - 1n : BigInt(places))];
    }
}
