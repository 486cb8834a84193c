/** Division: sdiv and udiv; powers of two shift, other constants multiply by a reciprocal (Hacker's Delight, chapter 10). */
import type { DivisionCalls } from '../../../cores/core.ts';
import { isConst, resolve, type Node } from '../ir.ts';
import { shiftsFor } from '../multiply-by-shifts.ts';
import { quotientByPower, restByPower } from './divide-by-power.ts';
import { isPowerOfTwo } from './facts.ts';
import { passed } from './wide-divide.ts';
import type { Lowering } from './lowering.ts';

export function divide(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const signed = n.op.endsWith('_s');
  const to = l.result(n);
  if (isConst(b) && b.value !== 0n) return divideByConstant(l, n, to, a, Number(b.value), signed);
  if (l.divisionCalls) return callDivision(l, n, to, l.divisionCalls);
  const quotient = n.op.startsWith('div') ? to : l.fresh();
  const x = l.value(a);
  const y = l.value(b);
  l.emit('divide', signed ? 'sdiv' : 'udiv', [quotient], [x, y], { wide: 1 });
  if (quotient !== to) l.emit('multiply', 'mls', [to], [quotient, y, x], { wide: 1 });
}

/** The call and the instruction behind it are counted beside what the routine takes. */
const CALL = 2;

/** libgcc's __aeabi_idiv and its kin: arguments go to r0 and r1. */
function callDivision(l: Lowering, n: Node, to: number, calls: DivisionCalls): void {
  const given = n.args.map((a) => passed(l, resolve(a), 0));
  const name = `__aeabi_${n.op.endsWith('_u') ? 'u' : ''}idiv${n.op.startsWith('rem') ? 'mod' : ''}`;
  const cycles = calls[n.op as keyof DivisionCalls].value - CALL;
  l.emit('call', 'bl', [], given, { taken: 1, wide: 1 });
  l.emit('library', name, [to], [], { cycles, wide: 1 });
}

/** Powers of two shift; others multiply by a reciprocal, as gcc's expand_divmod has them. */
function divideByConstant(l: Lowering, n: Node, to: number, a: Node, divisor: number, signed: boolean): void {
  const x = l.value(a);
  const remainder = n.op.startsWith('rem');
  if (isPowerOfTwo(Math.abs(divisor))) {
    if (!signed) {
      if (remainder) return l.alu('and #', to, [x], { immediate: true });
      return void l.emit('shift', 'lsr #', [to], [x], { immediate: true });
    }
    if (remainder) return restByPower(l, to, x, Math.abs(divisor));
    return quotientByPower(l, to, x, divisor);
  }
  const quotient = remainder ? l.fresh() : to;
  if (signed) bySignedReciprocal(l, quotient, x, Math.abs(divisor), divisor < 0);
  else byReciprocal(l, quotient, x, divisor >>> 0);
  if (remainder) minusProduct(l, to, x, quotient, divisor);
}

/** What an unsigned word leaves: the quotient times the divisor is shifts and sums where the core's costs say so (multiply-by-shifts.ts). */
export function remainderOfWord(l: Lowering, to: number, x: number, divisor: number): number {
  const quotient = l.fresh();
  byReciprocal(l, quotient, x, divisor);
  minusProduct(l, to, x, quotient, divisor);
  return to;
}

function minusProduct(l: Lowering, to: number, x: number, quotient: number, divisor: number): void {
  const steps = shiftsFor(divisor, l.shiftAdds);
  if (!steps) return void l.emit('multiply', 'mls', [to], [quotient, l.constant(divisor), x], { wide: 1 });
  const shifted = { immediate: true, shifted: true, wide: 1 };
  const made = [quotient];
  let last = 'sub';
  for (const { a, shift, sign, b, other } of steps) {
    // A shift alone is the last step, and goes along with the difference.
    if (b === null) last = `sub lsl #${shift}`;
    else {
      const name = sign === other ? 'add' : sign === 1 ? 'rsb' : 'sub';
      const sum = l.fresh();
      l.alu(`${name} lsl #${shift}`, sum, [made[b]!, made[a]!], shifted);
      made.push(sum);
    }
  }
  l.alu(last, to, [x, made.at(-1)!], last === 'sub' ? { wide: 0.3 } : shifted);
}

/** An unsigned dividend: a factor of 33 bits multiplies in two steps, unless the divisor is even and its low zeros can go first. */
function byReciprocal(l: Lowering, to: number, x: number, divisor: number): void {
  let { factor, shift } = reciprocal(divisor, 32);
  let from = x;
  const even = 31 - Math.clz32(divisor & -divisor);
  if (factor >= 1n << 32n && even > 0) {
    ({ factor, shift } = reciprocal(divisor / 2 ** even, 32 - even));
    from = l.fresh();
    l.emit('shift', 'lsr #', [from], [x], { immediate: true, wide: 0.3 });
  }
  const two = factor >= 1n << 32n;
  const high = two || shift > 0 ? l.fresh() : to;
  l.emit('multiply', 'umull', [l.fresh(), high], [from, l.constant(Number(BigInt.asIntN(32, factor)))], {
    wide: 1,
  });
  let sum = high;
  if (two) {
    const [left, both] = [l.fresh(), shift > 1 ? l.fresh() : to];
    l.alu('sub', left, [x, high], { wide: 0.3 });
    l.alu('add lsr #1', both, [high, left], { immediate: true, shifted: true, wide: 1 });
    sum = both;
    shift -= 1;
  }
  if (shift > 0) l.emit('shift', 'lsr #', [to], [sum], { immediate: true, wide: 0.3 });
}

/** A signed dividend: a factor of 32 bits is negative to smull, and the dividend is added back. */
function bySignedReciprocal(l: Lowering, to: number, x: number, divisor: number, negative: boolean): void {
  const { factor, shift } = reciprocal(divisor, 31);
  const [high, sign] = [l.fresh(), l.fresh()];
  l.emit('multiply', 'smull', [l.fresh(), high], [x, l.constant(Number(BigInt.asIntN(32, factor)))], {
    wide: 1,
  });
  let sum = high;
  if (factor >= 1n << 31n) {
    sum = l.fresh();
    l.alu('add', sum, [high, x], { wide: 0.3 });
  }
  if (shift === 0) return l.alu('sub asr #31', to, [sum, x], { immediate: true, shifted: true, wide: 1 });
  l.emit('shift', 'asr #31', [sign], [x], { immediate: true, wide: 0.3 });
  l.alu(negative ? 'sub asr' : 'rsb asr', to, [sign, sum], { immediate: true, shifted: true, wide: 1 });
}

/** The least factor and shift with x / divisor = x * factor >> (32 + shift) for dividends of `precision` bits (Granlund and Montgomery 1994, figure 6.2). */
export function reciprocal(divisor: number, precision: number): { factor: bigint; shift: number } {
  const d = BigInt(divisor);
  let shift = Math.ceil(Math.log2(divisor));
  let low = (1n << BigInt(32 + shift)) / d;
  let high = ((1n << BigInt(32 + shift)) + (1n << BigInt(32 + shift - precision))) / d;
  while (low >> 1n < high >> 1n && shift > 0) {
    low >>= 1n;
    high >>= 1n;
    shift--;
  }
  return { factor: high, shift };
}
