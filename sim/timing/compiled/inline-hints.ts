/**
 * Calls that gcc inlines where twice as much is added as by others, since their constants say how often a loop of the callee goes round (INLINE_HINT_loop_iterations of ipa-fnsummary.cc): the loop counts by
 * one up to or down to what parameters say.
 */
import { addForms, constantForm, Evolutions, isConstantForm } from './linear.ts';
import { resolve, type Block, type Graph, type LoopNode, type Node } from './ir.ts';
import { isComparison } from './simplify.ts';

/** The parameters that say how often a loop goes round, for each loop where some do. */
export const loopBounds = (g: Graph): Set<number>[] =>
  g.loops.flatMap((loop) => {
    const evolutions = new Evolutions(loop);
    return [...loop.blocks].flatMap((b) => boundOf(loop, b, evolutions) ?? []);
  });

function boundOf(loop: LoopNode, { term }: Block, evolutions: Evolutions): Set<number> | null {
  if (term.kind !== 'branch' || term.edges.every((e) => loop.blocks.has(e.to))) return null;
  const test = resolve(term.condition);
  const sides: Node[] = isComparison(test) ? test.args : [test];
  const [x, y = { base: constantForm(0), step: constantForm(0) }] = sides.map((a) => evolutions.of(a));
  if (!x || !y) return null;
  const steps = [x.step, y.step];
  if (!steps.every(isConstantForm)) return null;
  if (Math.abs(steps[0]!.constant) + Math.abs(steps[1]!.constant) !== 1) return null;
  const from = new Set(addForms(y.base, x.base, -1).terms.keys());
  // Their operands follow.
  for (const n of from) {
    if (!/^(param|const|add|sub|mul|and|or|xor|shl|shr_[su])$/.test(n.op)) return null;
    for (const a of n.args) from.add(resolve(a));
  }
  const params = [...from].filter((n) => n.op === 'param').map((n) => Number(n.value));
  return params.length > 0 ? new Set(params) : null;
}
