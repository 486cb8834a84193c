/**
 * Sums of a sum with a constant and another constant are sums of what is below (match.pd, in the forwprop pass behind the loop passes), also where the inner sum has other uses: what is computed
 * from an induction variable after its step is computed from what it was before, which then lives on and cannot be stepped by an access.
 */
import { isConst, resolve, type Graph, type Node } from './ir.ts';

/** Of sums with a node of an id of `since` or more. */
export function joinConstants(g: Graph, since: number): void {
  for (const b of g.blocks)
    for (const n of b.nodes) {
      if (!isSum(n) || n.name === 'preincrement') continue;
      const inner = resolve(n.args[0]!);
      const variable = resolve(inner.args[0] ?? inner);
      if (variable.op !== 'phi' || variable.block !== b.loop?.header) continue;
      if (!isSum(inner) || inner.type !== n.type || Math.max(n.id, inner.id) < since) continue;
      const value = resolve(n.args[1]!).value + resolve(inner.args[1]!).value;
      n.args = [resolve(inner.args[0]!), g.constant(n.type, value)];
    }
}

const isSum = (n: Node): boolean => n.op === 'add' && isConst(resolve(n.args[1]!));
