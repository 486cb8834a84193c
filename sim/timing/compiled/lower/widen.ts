/** Between 32 and 64 bits: a value of 64 bits is two registers, and a part that nothing asks for is never made. */
import type { Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

export function wrap(l: Lowering, n: Node): void {
  l.set(n, 0, l.value(n.args[0]!, 0));
}

export function signExtend(l: Lowering, n: Node): void {
  l.set(n, 0, l.value(n.args[0]!));
  if (l.needs(n, 1)) signWord(l, n);
}

export function zeroExtend(l: Lowering, n: Node): void {
  l.set(n, 0, l.value(n.args[0]!));
  if (l.needs(n, 1)) l.set(n, 1, l.constant(0));
}

export function signWord(l: Lowering, n: Node): void {
  l.emit('shift', 'asr #31', [l.result(n, 1)], [l.value(n.args[0]!)], { immediate: true, wide: 0.3 });
}

export function bothParameters(l: Lowering, n: Node): void {
  l.result(n, 0);
  l.result(n, 1);
}

/** Rarely used operations: a few instructions on both words. */
export function rareWide(l: Lowering, n: Node): void {
  for (const half of [0, 1]) {
    const uses = n.args.flatMap((x) => (x.type === 'i64' ? [l.value(x, 0), l.value(x, 1)] : [l.value(x)]));
    for (let i = 0; i < 4; i++) l.alu(n.op, l.result(n, half), uses);
  }
}
