/** The second operand of data processing: an immediate, a shifted register or a register. */
import { isConst, resolve, type Node } from '../ir.ts';
import type { Machine } from '../machine.ts';
import type { Lowering } from './lowering.ts';

/** Second operand: an immediate when `fits`, a shifted register when the value is a lazy shift, else a register. */
export interface Operand {
  uses: number[];
  immediate: boolean;
  shifted: boolean;
  text: string;
}

export const flagsOf = (o: Operand): Partial<Machine> => ({
  immediate: o.immediate,
  shifted: o.shifted,
  wide: o.shifted ? 1 : o.immediate ? 0.5 : 0.2,
});

export function operand(l: Lowering, node: Node, fits: (v: number) => boolean): Operand {
  const n = resolve(node);
  if (n.op === 'const' && n.type === 'i32' && fits(Number(n.value)))
    return { uses: [], immediate: true, shifted: false, text: `#${n.value}` };
  if (
    l.isLazy(n) &&
    n.type === 'i32' &&
    /^(shl|shr_s|shr_u|rotr|rotl)$/.test(n.op) &&
    isConst(resolve(n.args[1]!))
  )
    if (!isBitField(l, n)) {
      l.made.add(n);
      return {
        uses: [l.value(n.args[0]!)],
        immediate: true,
        shifted: true,
        text: `${n.op} #${n.args[1]!.value}`,
      };
    }
  return { uses: [l.value(n)], immediate: false, shifted: false, text: 'reg' };
}

/** A shift that combines with the shift or mask below it into one bit-field instruction. */
function isBitField(l: Lowering, n: Node): boolean {
  const inner = resolve(n.args[0]!);
  return (n.op === 'shr_s' || n.op === 'shr_u') && l.isLazy(inner, 'shl') && isConst(resolve(inner.args[1]!));
}

export function isShiftable(l: Lowering, n: Node): boolean {
  return isMoved(l, n) && !n.op.startsWith('rot');
}

/** Turned round as well: what sums and bits take along. */
export const isMoved = (l: Lowering, n: Node): boolean =>
  l.isLazy(n) &&
  n.type === 'i32' &&
  /^(shl|shr_[su]|rot[lr])$/.test(n.op) &&
  isConst(resolve(n.args[1]!)) &&
  !isBitField(l, n);
