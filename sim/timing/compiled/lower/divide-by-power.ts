/**
 * Signed division of words by powers of two. A negative number gets one less than the divisor first: under a condition where branches are cheap, else by a conditional move of the sum (expmed.cc, expand_sdiv_pow2).
 * What is left over is the low bits, of the negated number where that is not negative (arm.md, modsi3).
 */
import { isAddImmediate, isLogicalImmediate, splitImmediate } from '../machine.ts';
import type { Lowering } from './lowering.ts';

export function quotientByPower(l: Lowering, to: number, x: number, divisor: number): void {
  const magnitude = Math.abs(divisor);
  if (magnitude === 2 ** 31) return isLeast(l, to, x);
  const quotient = divisor < 0 ? l.fresh() : to;
  l.emit('shift', 'asr #', [quotient], [raised(l, x, magnitude)], { immediate: true });
  if (divisor < 0) l.alu('rsb #0', to, [quotient], { immediate: true, wide: 0.3 });
}

/** By the least number: 1 where it is that number itself. */
function isLeast(l: Lowering, to: number, x: number): void {
  const [left, zeros] = [l.fresh(), l.fresh()];
  l.alu('sub #', left, [x], { immediate: true, wide: 1 });
  l.emit('alu', 'clz', [zeros], [left], { wide: 1 });
  l.emit('shift', 'lsr #', [to], [zeros], { immediate: true, wide: 0.3 });
}

function raised(l: Lowering, x: number, magnitude: number): number {
  const sum = l.fresh();
  if (magnitude === 2) {
    l.alu('add lsr', sum, [x, x], { shifted: true, wide: 1 });
    return sum;
  }
  const steps = isAddImmediate(magnitude - 1) ? [magnitude - 1] : splitImmediate(magnitude - 1)!;
  if (l.cheapBranches) {
    l.emit('compare', 'cmp #', [], [x], { immediate: true });
    l.emit('move', 'mov choice', [sum], [x], { copy: true, readsFlags: true, wide: 0 });
    l.ifThen(steps.length);
    for (const step of steps)
      l.alu(`add #${step}`, sum, [sum], { immediate: true, readsFlags: true, conditional: true });
    return sum;
  }
  let from = x;
  for (const step of steps) {
    const next = l.fresh();
    l.alu(`add #${step}`, next, [from], { immediate: true });
    from = next;
  }
  // The sign goes to the carry.
  l.alu('and asr #32', sum, [from, x], { setsFlags: true, immediate: true, shifted: true, wide: 1 });
  l.ifThen(1);
  l.emit('move', 'mov<cc>', [sum], [sum, x], { readsFlags: true, conditional: true });
  return sum;
}

export function restByPower(l: Lowering, to: number, x: number, magnitude: number): void {
  if (magnitude === 2 ** 31) {
    const least = l.fresh();
    isLeast(l, least, x);
    return l.alu('sub lsl #31', to, [x, least], { immediate: true, shifted: true, wide: 1 });
  }
  const low = (result: number, from: number): void => {
    const mask = magnitude - 1;
    if (isLogicalImmediate(mask)) l.alu('and #', result, [from], { immediate: true, wide: 1 });
    else l.emit('shift', `ubfx #0, #${Math.log2(magnitude)}`, [result], [from], { immediate: true, wide: 1 });
  };
  if (magnitude === 2) {
    low(to, x);
    l.emit('compare', 'cmp #', [], [x], { immediate: true });
    l.ifThen(1);
    return l.alu('rsb #0', to, [to], { immediate: true, readsFlags: true, conditional: true });
  }
  const [negated, other] = [l.fresh(), l.fresh()];
  l.alu('rsbs #0', negated, [x], { setsFlags: true, immediate: true, wide: 0.3 });
  low(other, negated);
  low(to, x);
  l.ifThen(1);
  l.alu('rsb #0', to, [other, to], { immediate: true, readsFlags: true, conditional: true });
}
