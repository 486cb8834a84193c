/** Shifts of 64 bits: by constants, and by variables with 32 - n and n - 32. */
import { isConst, resolve, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

export function shiftWide(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const high = l.needs(n, 1);
  if (isConst(b)) shiftByConstant(l, n, a, Number(b.value), high);
  else shiftByVariable(l, n, a, b, high);
}

function shiftByConstant(l: Lowering, n: Node, a: Node, by: number, high: boolean): void {
  const s = by & 63;
  const low = l.needs(n, 0);
  const funnel = (to: number, main: number, other: number) => {
    const t = l.fresh();
    l.emit('shift', 'lsr #', [t], [main], { immediate: true, wide: 0.3 });
    l.alu('orr lsl', to, [t, other], { shifted: true, wide: 1 });
  };
  if (n.op === 'shl') {
    if (s >= 32) {
      if (high) {
        if (s === 32) l.set(n, 1, l.value(a, 0));
        else
          l.emit('shift', 'lsl #', [l.result(n, 1)], [l.value(a, 0)], {
            immediate: true,
            wide: 0.3,
          });
      }
      l.set(n, 0, l.constant(0));
      return;
    }
    if (high) funnel(l.result(n, 1), l.value(a, 1), l.value(a, 0));
    l.emit('shift', 'lsl #', [l.result(n, 0)], [l.value(a, 0)], { immediate: true, wide: 0.3 });
    return;
  }
  const upper = (to: number, amount: number) =>
    l.emit('shift', n.op === 'shr_s' ? `asr #${amount}` : `lsr #${amount}`, [to], [l.value(a, 1)], {
      immediate: true,
      wide: 0.3,
    });
  if (s >= 32) {
    if (s === 32) l.set(n, 0, l.value(a, 1));
    else upper(l.result(n, 0), s - 32);
    if (high) {
      if (n.op === 'shr_u') l.set(n, 1, l.constant(0));
      else upper(l.result(n, 1), 31);
    }
    return;
  }
  if (low) funnel(l.result(n, 0), l.value(a, 0), l.value(a, 1));
  if (high) upper(l.result(n, 1), s);
}

function shiftByVariable(l: Lowering, n: Node, a: Node, b: Node, high: boolean): void {
  const amount = l.value(b, 0);
  const [x0, x1] = [l.value(a, 0), l.value(a, 1)];
  const left = n.op === 'shl';
  // 32 - n and n - 32 are computed too; outside of the loop when n does not change there.
  const invariant = l.block.loop !== null && !l.block.loop.blocks.has(resolve(b).block);
  const t1 = l.fresh();
  if (!invariant) l.alu('rsb #32', t1, [amount], { immediate: true, wide: 1 });
  const other = invariant ? amount : t1;
  const [p, q, r, s, t] = [l.fresh(), l.fresh(), l.fresh(), l.fresh(), l.fresh()] as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (left) {
    if (high) {
      l.emit('shift', 'lsl', [p], [x1, amount], { wide: 0.7 });
      l.alu('sub #32', s, [amount], { immediate: true, wide: 1 });
      l.emit('shift', 'lsl', [q], [x0, s], { wide: 0.7 });
      l.alu('orr', t, [p, q], { wide: 0.5 });
      l.emit('shift', 'lsr', [r], [x0, other], { wide: 0.7 });
      l.alu('orr', l.result(n, 1), [t, r], { wide: 0.5 });
    }
    l.emit('shift', 'lsl', [l.result(n, 0)], [x0, amount], { wide: 0.7 });
    return;
  }
  if (l.needs(n, 0)) {
    const to = l.result(n, 0);
    l.emit('shift', 'lsl', [p], [x1, other], { wide: 0.9 });
    l.emit('shift', 'lsr', [q], [x0, amount], { wide: 0.9 });
    l.alu('orr', to, [p, q], { wide: 0.3 });
    l.alu('subs #32', r, [amount], { immediate: true, setsFlags: true, wide: 1 });
    if (n.op === 'shr_s') l.ifThen(2);
    l.emit('shift', 'asr', [s], [x1, r], { wide: 0.9, readsFlags: n.op === 'shr_s' });
    l.alu('orr', to, [to, s], { wide: 0.3, readsFlags: n.op === 'shr_s' });
  }
  if (high) l.emit('shift', n.op === 'shr_s' ? 'asr' : 'lsr', [l.result(n, 1)], [x1, amount], { wide: 0.7 });
  void t;
}
