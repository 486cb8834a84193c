/** Calls: arguments go to fresh registers, which the allocator joins with what they come from. */
import { isConst, resolve, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

export function call(l: Lowering, n: Node): void {
  const uses = [l.instance];
  for (const a of n.args)
    for (const half of a.type === 'i64' ? [0, 1] : [0]) {
      const to = l.fresh();
      const r = resolve(a);
      if (isConst(r)) l.emit('move', `mov #${r.value}`, [to], [], { immediate: true });
      else l.emit('move', 'mov', [to], [l.value(r, half)], { copy: true, wide: 0 });
      uses.push(to);
    }
  const defs = n.type === 'void' ? [] : [l.result(n, 0)];
  if (n.type === 'i64') defs.push(l.result(n, 1));
  const indirect = n.name === 'indirect';
  if (indirect)
    for (let i = 0; i < 6; i++)
      l.emit('load', 'ldr table', [l.fresh()], [l.instance], { address: [l.instance] });
  l.emit('call', indirect ? 'blx' : 'bl', defs, uses, { taken: 1, wide: 1 });
}
