/**
 * How often a loop's header runs, where the bound of a counter is a constant away from its start (gcc's tree-ssa-loop-niter.c):
 * `i` from 0 to 128, or a pointer from `p` to `p + 128` with `p` unknown.
 */
import { resolve, type LoopNode } from './ir.ts';
import { addForms, isConstantForm, type Evolutions } from './linear.ts';
import { isComparison } from './simplify.ts';

/** The least number that any exit allows, null where none is known. `exact`: not an upper bound only. */
export function tripCount(loop: LoopNode, evolutions: Evolutions, exact: boolean): number | null {
  let best: number | null = null;
  for (const b of loop.blocks) {
    const { term } = b;
    if (term.kind !== 'branch' || term.edges.every((e) => loop.blocks.has(e.to))) continue;
    const test = resolve(term.condition);
    if (!isComparison(test)) continue;
    const [x, y] = test.args.map((a) => evolutions.of(a));
    if (!x || !y) continue;
    const gap = addForms(y.base, x.base, -1);
    const step = addForms(x.step, y.step, -1);
    if (!isConstantForm(gap) || !isConstantForm(step) || step.constant === 0) continue;
    // An end that wraps around is reached at once by an order, and as late as any by equality.
    if (exact && !/^(eq|ne)$/.test(test.op) && !isConstantForm(x.base)) continue;
    const n = Math.ceil(gap.constant / step.constant) + 1;
    if (n >= 1 && (best === null || n < best)) best = n;
  }
  return best;
}
