/**
 * How often a loop runs at most by the range of a signed counter (infer_loop_bounds_from_signedness): what does not wrap around takes each of its values once.
 * wasm2c's variables have no sign; what a comparison with signs casts does.
 */
import { resolve, type LoopNode, type Node } from '../ir.ts';
import { addForms, isConstantForm, type Evolutions } from '../linear.ts';
import { signedOf } from '../arcs.ts';
import type { Ranges } from '../ranges.ts';

/** Executions of the header (likely_max_stmt_executions); null where nothing bounds them. */
export function likelyMost(loop: LoopNode, evolutions: Evolutions, ranges: Ranges): number | null {
  let most: number | null = null;
  for (const { term } of loop.blocks) {
    if (term.kind !== 'branch' || term.edges.every((e) => loop.blocks.has(e.to))) continue;
    const test = resolve(term.condition);
    if (!/^[lg][te]_s$/.test(test.op)) continue;
    for (const x of test.args.map(resolve)) {
      const n = x.type === 'i32' && evolutions.inside(x) ? valuesOf(x, loop, evolutions, ranges) : null;
      if (n !== null && (most === null || n < most)) most = n;
    }
  }
  return most;
}

/** One round more than it has values, and the last, in which it may not be looked at. */
function valuesOf(x: Node, loop: LoopNode, evolutions: Evolutions, ranges: Ranges): number | null {
  const e = evolutions.of(x);
  if (!e || !isConstantForm(e.step) || e.step.constant === 0) return null;
  for (const phi of loop.header.phis) {
    const base = phi.type === 'i32' ? evolutions.of(phi)?.base : null;
    if (!base || !isConstantForm(addForms(e.base, base, -1))) continue;
    const first = phi.args.map(resolve).find((a) => !evolutions.inside(a));
    const [start, all] = [first && signedOf(ranges.of(first)), signedOf(ranges.of(phi))];
    if (!start || !all) continue;
    const { constant: step } = e.step;
    const way = step > 0 ? all.high - start.low : start.high - all.low;
    return Math.floor(way / Math.abs(step)) + 2;
  }
  return null;
}
