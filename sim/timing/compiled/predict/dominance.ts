/** Who dominates whom, forwards or backwards. */
import { immediateDominators } from '../immediate-dominators.ts';
import { reversePostorder } from '../reverse-postorder.ts';
import type { Spot } from './skeleton.ts';

export interface Dominance {
  dominates(a: Spot, b: Spot): boolean;
  /** Those that a spot dominates immediately. */
  sons(s: Spot): readonly Spot[];
}

/** Of all that is reached from a root along `next`; the rest is dominated by nothing but itself. */
export function dominance(root: Spot, next: (s: Spot) => Spot[], before: (s: Spot) => Spot[]): Dominance {
  const order = reversePostorder(root, (s) => next(s).toReversed());
  const place = new Map(order.map((s, i) => [s, i]));
  const above = immediateDominators(order.length, (i) => before(order[i]!).map((p) => place.get(p) ?? -1));
  const sons: Spot[][] = order.map(() => []);
  for (let i = 1; i < order.length; i++) sons[above[i]!]!.push(order[i]!);
  // Numbers of a walk over the tree: a spot's lie around those of all below it.
  const [into, out]: [number[], number[]] = [[], []];
  const stack = [{ at: 0, next: 0 }];
  let clock = 0;
  while (stack.length) {
    const top = stack.at(-1)!;
    if (top.next === 0) into[top.at] = clock++;
    const son = sons[top.at]![top.next++];
    if (son) stack.push({ at: place.get(son)!, next: 0 });
    else {
      out[top.at] = clock++;
      stack.pop();
    }
  }
  return {
    dominates: (a, b) => {
      const [x, y] = [place.get(a), place.get(b)];
      if (x === undefined || y === undefined) return a === b;
      return into[x]! <= into[y]! && out[x]! >= out[y]!;
    },
    sons: (s) => sons[place.get(s) ?? -1] ?? [],
  };
}
