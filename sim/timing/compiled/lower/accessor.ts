/** The call of an accessor that was not inlined: it gets the memory's pointer, its length and the address in 64 bits, and checks that in 64 bits. */
import { isConst, resolve, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

/**
 * From entry to return: push {r3, lr}; adds; adc; mov; cmp; sbcs; bcc; ldrb r0, [r0, r2]; pop {r3, pc}, as the reference times it between the branch that calls it and what
 * follows.
 */
const cycles = { newlib: 16.5, glibc: 8 };

export function accessor(l: Lowering, n: Node): void {
  const [base, size, address] = n.args.map(resolve) as [Node, Node, Node];
  const passed = [base, size].map((a) => move(l, l.value(a)));
  const [low, high] = [l.fresh(), l.fresh()];
  const end = isConst(address) ? BigInt.asUintN(32, address.value) + BigInt(n.offset) : null;
  if (end !== null) constant(l, low, end);
  else if (n.offset === 0) l.emit('move', 'mov', [low], [l.value(address)], { copy: true, wide: 0 });
  else l.alu('adds', low, [l.value(address)], { immediate: true, setsFlags: true, wide: 0.7 });
  if (end !== null || n.offset === 0) constant(l, high, (end ?? 0n) >> 32n);
  else {
    const zero = l.constant(0);
    l.alu('adc', high, [zero], { immediate: true, readsFlags: true, wide: 1 });
  }
  l.emit('call', 'bl', [], [...passed, low, high], { taken: 1, wide: 1 });
  const results = n.type === 'i64' ? [l.result(n, 0), l.result(n, 1)] : [l.result(n)];
  l.emit('library', 'accessor', results, [], { cycles: cycles[l.cLibrary], wide: 1 });
}

function move(l: Lowering, from: number): number {
  const to = l.fresh();
  l.emit('move', 'mov', [to], [from], { copy: true, wide: 0 });
  return to;
}

function constant(l: Lowering, to: number, value: bigint): void {
  l.emit('move', `mov #${BigInt.asIntN(32, value)}`, [to], [], { immediate: true });
}
