/**
 * Bounds checks behind one of the same length that passed for an end no lower (vrp2's relations, behind the choice of induction variables): of two ends one
 * has to be the value that the other is a constant away from. Variables chosen for the highest of neighbouring accesses make the other checks vanish.
 */
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';

/** Of the checks that passed: whether the value itself was an end, and the most that was added to it. */
interface Passed {
  itself: boolean;
  most: number;
}

export function dropPassedChecks(g: Graph): void {
  const known = new Map<Block, Map<string, Passed>>();
  for (const b of g.blocks) {
    const here = new Map(b.dominator ? known.get(b.dominator) : []);
    known.set(b, here);
    b.nodes = b.nodes.filter((n) => {
      if (!/^guard(64)?$/.test(n.op) || n.args.length !== 2) return true;
      const { value, added } = endOf(n);
      const key = `${value.id} ${resolve(n.args[1]!).id}`;
      const before = here.get(key);
      if (before && (before.itself ? added <= 0 : added === 0 && before.most >= 0)) return false;
      here.set(key, {
        itself: added === 0 || (before?.itself ?? false),
        most: Math.max(added, before?.most ?? -Infinity),
      });
      return true;
    });
  }
}

function endOf(check: Node): { value: Node; added: number } {
  const end = resolve(check.args[0]!);
  // A check of 64 bits adds its reach itself where no variable counts its end.
  const reach = check.op === 'guard64' && end.type === 'i32' ? check.offset + check.bytes : 0;
  if (reach > 0) return { value: end, added: reach };
  const [x, c] = end.args.map(resolve);
  return end.op === 'add' && isConst(c!) ? { value: x!, added: Number(c!.value) } : { value: end, added: 0 };
}
