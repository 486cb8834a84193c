/** What the accesses of a loop say of how often it goes round. */
import { resolve, type LoopNode, type Node } from './ir.ts';
import type { Evolutions } from './linear.ts';

/** Whether they go on by more than a byte: pointers do not wrap around, which bounds how often it goes round (infer_loop_bounds_from_pointer_arith). */
export function leaps(evolutions: Evolutions, { header, blocks }: LoopNode): boolean {
  // Headers are copied later: then the address of the next round, whose check stands behind the test, comes round.
  const ofNext = (n: Node): Node => {
    if (n.op !== 'phi' || n.block !== header) return n;
    const back = header.preds.findIndex((e) => blocks.has(e.from));
    return evolutions.of(n) ? n : resolve(n.args[back]!);
  };
  return [...blocks].some((b) =>
    b.nodes.some((n) => {
      if (n.op !== 'load' && n.op !== 'store') return false;
      const pointer = resolve(n.args[0]!);
      const [base, index] = pointer.op === 'address' ? pointer.args.map(resolve) : [pointer, pointer];
      if (base !== pointer && evolutions.inside(base!)) return false;
      const step = evolutions.of(ofNext(index!))?.step;
      return step !== undefined && step.terms.size === 0 && Math.abs(step.constant) > 1;
    }),
  );
}
