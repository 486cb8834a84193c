/**
 * How often a loop's header runs, where the bound of a counter is a constant away from its start (gcc's tree-ssa-loop-niter.c):
 * `i` from 0 to 128, or a pointer from `p` to `p + 128` with `p` unknown.
 */
import { isLate } from './inline-order.ts';
import { resolve, type Block, type LoopNode } from './ir.ts';
import { addForms, constantForm, Evolutions, isConstantForm } from './linear.ts';
import { inverted, isComparison } from './simplify.ts';

/**
 * What a count may be wrong about. `exact`: nothing. `entered`: the loop may not be entered at all, as where the end of a pointer's
 * way wraps around; gcc's niter_desc.niter with its may_be_zero. `atMost`: any exit may be taken earlier.
 */
export type Certainty = 'exact' | 'entered' | 'atMost';

/** The least number that any exit allows, null where none is known. */
export function tripCount(loop: LoopNode, evolutions: Evolutions, certainty: Certainty): number | null {
  let best: number | null = null;
  for (const b of loop.blocks) {
    const n = tripsAtExit(loop, b, evolutions, certainty);
    if (n !== null && (best === null || n < best)) best = n;
  }
  return best;
}

/** How often a block's test is made up to the time that it leaves the loop, where that is known. */
export function tripsAtExit(
  loop: LoopNode,
  { term }: Block,
  evolutions: Evolutions,
  certainty: Certainty,
): number | null {
  if (term.kind !== 'branch' || term.edges.every((e) => loop.blocks.has(e.to))) return null;
  const test = resolve(term.condition);
  // A value by itself is compared with zero.
  const [x, y] = isComparison(test)
    ? test.args.map((a) => evolutions.of(a))
    : [evolutions.of(test), { base: constantForm(0), step: constantForm(0) }];
  if (!x || !y) return null;
  const relation = isComparison(test) ? test.op : 'ne';
  const gap = addForms(y.base, x.base, -1);
  const step = addForms(x.step, y.step, -1);
  if (!isConstantForm(gap) || !isConstantForm(step) || step.constant === 0) return null;
  // An end that wraps around is reached at once by an order, and as late as any by equality.
  const ordered = !/^(eq|ne)$/.test(relation) && !isConstantForm(x.base);
  if (ordered && certainty === 'exact') return null;
  const stays = loop.blocks.has(term.edges[0].to) ? relation : inverted(relation);
  // Of one that stays while it is equal only a trial says how often (number_of_iterations_cond).
  if (stays === 'eq') return null;
  if (ordered && certainty === 'entered') {
    // As an inequality, which needs no assumption (number_of_iterations_lt_to_ne): strict, and met by whole steps.
    if (!/^[lg]t_/.test(stays) || gap.constant % step.constant !== 0) return null;
  }
  const steps = gap.constant / step.constant;
  // A bound that still counts is reached a step later.
  const n = (/^[lg]e_/.test(stays) ? Math.floor(steps) + 1 : Math.ceil(steps)) + 1;
  return n >= 1 ? n : null;
}

/** How often a loop goes round that nothing else ends to evrp: what checks bounds is a call then, but for accessors that the early inliner took. */
export function roundsBeforeChecks(loop: LoopNode): number | null {
  const exits = [...loop.blocks].flatMap((b) => b.term.edges.filter((e) => !loop.blocks.has(e.to)));
  if (exits.length !== 1) return null;
  for (const b of loop.blocks)
    if (
      b.term.kind === 'trap' ||
      b.nodes.some((n) => n.op === 'divcheck' || (n.op === 'check' && !isLate(n)))
    )
      return null;
  return tripsAtExit(loop, exits[0]!.from, new Evolutions(loop), 'exact');
}
