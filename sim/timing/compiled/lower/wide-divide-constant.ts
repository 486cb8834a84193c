/**
 * Division of 64 bits by a constant, where gcc's optabs.cc makes it without the library (expand_doubleword_mod, expand_doubleword_divmod). Where 2^bit leaves 1 when it is
 * divided by the odd part of the constant, for some bit from 16 to 30 (or 32 without signs), the number leaves what the sum of its digits of `bit` bits leaves, and that is
 * a division of words. What is left over goes, and the rest is a multiple: a product with the inverse of the odd part modulo 2^64.
 *
 *   / 100: 25 leaves 1 of 2^20, so four digits         / 1000: 2^100 is the first power that 125 leaves 1 of, so the library
 */
import { isConst, resolve, type Node } from '../ir.ts';
import { isLogicalImmediate, isModifiedImmediate } from '../machine.ts';
import { over } from '../wide-sums.ts';
import { remainderOfWord } from './divide.ts';
import type { Lowering } from './lowering.ts';
import { makeMultiple, sum, wideMultiple, type Words } from './wide-multiple.ts';

/** False where gcc calls the library. */
export function divideWideByConstant(l: Lowering, n: Node): boolean {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  const signed = n.op.endsWith('_s');
  if (!isConst(b)) return false;
  const divisor = signed ? b.value : BigInt.asUintN(64, b.value);
  const magnitude = divisor < 0n ? -divisor : divisor;
  if (magnitude === 0n) return false;
  // Signs' own power has no positive number of 64 bits.
  const power = (magnitude & (magnitude - 1n)) === 0n && magnitude < 1n << 63n;
  if (!power && magnitude > 0x7fffffffn) return false;
  const zeros = power ? magnitude.toString(2).length - 1 : trailingZeros(Number(magnitude));
  const odd = Number(magnitude) / 2 ** zeros;
  const remainder = n.op.startsWith('rem');
  if (odd === 1) return signed && byPowerOfTwo(l, n, a, zeros, divisor < 0n, remainder);
  const bit = divisor > 0n ? digitBits(odd, signed) : null;
  if (bit === null) return false;
  const x: Words = [l.value(a, 0), l.value(a, 1)];
  const left = remainderOfDigits(l, x, bit, odd, signed);
  if (remainder && zeros === 0) {
    l.emit('move', 'mov', [l.result(n, 0)], [left], { copy: true, wide: 0 });
    if (!l.needs(n, 1)) return true;
    if (signed) shift(l, 'asr #31', l.result(n, 1), left);
    else l.emit('move', 'mov #0', [l.result(n, 1)], [], { immediate: true });
    return true;
  }
  const multiple: Words = [l.fresh(), l.fresh()];
  l.alu('subs', multiple[0], [x[0], left], { setsFlags: true, wide: 0.3 });
  const borrowed = signed ? [x[1], left] : [x[1]];
  l.alu(signed ? 'sbc asr #31' : 'sbc #0', multiple[1], borrowed, {
    readsFlags: true,
    immediate: !signed,
    shifted: signed,
    wide: 1,
  });
  const high = remainder || zeros > 0 || l.needs(n, 1);
  const whole = zeros === 0 ? results(l, n) : ([l.fresh(), l.fresh()] as Words);
  timesInverse(l, whole, multiple, odd, high);
  if (zeros === 0) return true;
  const quotient = remainder ? ([l.fresh(), l.fresh()] as Words) : results(l, n);
  const both = remainder || l.needs(n, 1);
  if (signed) shiftTowardsZero(l, quotient, whole, zeros, both);
  else shiftDown(l, quotient, whole, zeros, 'lsr', both);
  if (remainder) minusMultiple(l, results(l, n), x, quotient, Number(magnitude));
  return true;
}

const results = (l: Lowering, n: Node): Words => [l.result(n, 0), l.result(n, 1)];

const trailingZeros = (v: number): number => 31 - Math.clz32(v & -v);

/** The longest digits whose sum leaves what the number leaves. With a carry, digits are whole words. */
function digitBits(odd: number, signed: boolean): number | null {
  for (let bit = 32; bit >= 16; bit--) {
    if (bit === 31 || (bit === 32 && signed)) continue;
    if ((1n << BigInt(bit)) % BigInt(odd) === 1n) return bit;
  }
  return null;
}

function shift(l: Lowering, text: string, to: number, from: number): void {
  l.emit('shift', text, [to], [from], { immediate: true, wide: 0.3 });
}

/** What 64 bits leave, as a word; of a negative number 0 or less. */
function remainderOfDigits(l: Lowering, x: Words, bit: number, odd: number, signed: boolean): number {
  const added = bit === 32 ? sumOfWords(l, x) : sumOfDigits(l, x, bit);
  if (!signed) return remainderOfWord(l, l.fresh(), added, odd);
  // Of a negative number, 2^64 more was added up: the sum is brought to what number + odd - 1 leaves, which is taken off again.
  const correction = odd - 2 + (Number(((1n - (1n << 64n)) % BigInt(odd)) + BigInt(odd)) % odd);
  const sign = l.fresh();
  shift(l, 'asr #31', sign, x[1]);
  const corrected = l.fresh();
  if (correction === 1)
    l.alu('add lsr #31', corrected, [added, x[1]], { immediate: true, shifted: true, wide: 1 });
  else {
    const part = l.fresh();
    masked(l, part, sign, correction);
    l.alu('add', corrected, [added, part], { wide: 0.3 });
  }
  const rest = remainderOfWord(l, l.fresh(), corrected, odd);
  const [part, left] = [l.fresh(), l.fresh()];
  masked(l, part, sign, 1 - odd);
  l.alu('add', left, [rest, part], { wide: 0.3 });
  return left;
}

function masked(l: Lowering, to: number, from: number, mask: number): void {
  const immediate = isLogicalImmediate(mask);
  l.alu('and', to, immediate ? [from] : [from, l.constant(mask)], { immediate, wide: 1 });
}

function sumOfWords(l: Lowering, x: Words): number {
  const [low, carried] = [l.fresh(), l.fresh()];
  l.alu('adds', low, x, { setsFlags: true, wide: 0.3 });
  l.alu('adc #0', carried, [low], { readsFlags: true, immediate: true, wide: 1 });
  return carried;
}

function sumOfDigits(l: Lowering, x: Words, bit: number): number {
  const mask = 2 ** bit - 1;
  const digit = (from: number, by: number): number => {
    const to = l.fresh();
    if (by === 0 && isLogicalImmediate(mask)) l.alu('bic', to, [from], { immediate: true, wide: 1 });
    else l.emit('shift', `ubfx #${by}`, [to], [from], { immediate: true, wide: 1 });
    return to;
  };
  let total = digit(x[0], 0);
  for (let from = bit; from < 64; from += bit) {
    const added = l.fresh();
    const last = from + bit >= 64;
    if (last && from >= 32)
      l.alu(`add lsr #${from - 32}`, added, [total, x[1]], { immediate: true, shifted: true, wide: 1 });
    else {
      const next = from < 32 ? digit(funnel(l, l.fresh(), x, from), 0) : digit(x[1], from - 32);
      l.alu('add', added, [total, next], { wide: 0.3 });
    }
    total = added;
  }
  return total;
}

/** The low word of a shift to the right. */
function funnel(l: Lowering, to: number, [low, high]: Words, by: number): number {
  const part = l.fresh();
  shift(l, `lsr #${by}`, part, low);
  l.alu(`orr lsl #${32 - by}`, to, [part, high], { immediate: true, shifted: true, wide: 1 });
  return to;
}

function timesInverse(l: Lowering, to: Words, multiple: Words, odd: number, high: boolean): void {
  const inverse = inverseOf(BigInt(odd));
  const [low, up] = [inverse & 0xffffffffn, inverse >> 32n].map((v) =>
    l.constant(Number(BigInt.asIntN(32, v))),
  ) as Words;
  if (!high) return void l.emit('multiply', 'mul', [to[0]], [multiple[0], low], { wide: 1 });
  const [cross, sum, carried] = [l.fresh(), l.fresh(), l.fresh()];
  l.emit('multiply', 'mul', [cross], [up, multiple[0]], { wide: 1 });
  l.emit('multiply', 'mla', [sum], [low, multiple[1], cross], { accumulator: cross, wide: 1 });
  l.emit('multiply', 'umull', [to[0], carried], [multiple[0], low], { wide: 1 });
  l.alu('add', to[1], [sum, carried], { wide: 0.3 });
}

/** Modulo 2^64; each round doubles the bits that are right. */
function inverseOf(odd: bigint): bigint {
  let inverse = odd;
  for (let round = 0; round < 6; round++) inverse = BigInt.asUintN(64, inverse * (2n - odd * inverse));
  return inverse;
}

/** A negative number gets one less than the divisor first. */
function shiftTowardsZero(l: Lowering, to: Words, from: Words, by: number, high: boolean): void {
  if (l.cheapBranches && by > 1) return shiftBehindBranch(l, to, from, by, high);
  if (by >= 32) return shiftWordTowardsZero(l, to, from, by - 32, high);
  const bias = l.fresh();
  if (by === 1) shift(l, 'lsr #31', bias, from[1]);
  else {
    const sign = l.fresh();
    shift(l, 'asr #31', sign, from[1]);
    masked(l, bias, sign, 2 ** by - 1);
  }
  const raised: Words = [l.fresh(), l.fresh()];
  l.alu('adds', raised[0], [bias, from[0]], { setsFlags: true, wide: 0.3 });
  l.alu('adc #0', raised[1], [from[1]], { readsFlags: true, immediate: true, wide: 1 });
  shiftDown(l, to, raised, by, 'asr', high);
}

/** Where branches are cheap, one passes over what a negative number gets. */
function shiftBehindBranch(l: Lowering, to: Words, from: Words, by: number, high: boolean): void {
  const less = (1n << BigInt(by)) - 1n;
  const [low, up] = [less, less >> 32n].map((v) => Number(BigInt.asIntN(32, v))) as Words;
  const raised: Words = [l.fresh(), l.fresh()];
  const single = isModifiedImmediate(low) || isModifiedImmediate(-low);
  const added = single ? null : l.constant(low);
  l.emit('compare', 'cmp #', [], [from[1]], { immediate: true });
  l.branch(over, [], 0, false, true);
  l.alu('adds', raised[0], added === null ? [from[0]] : [from[0], added], {
    setsFlags: true,
    immediate: single,
    wide: 0.3,
  });
  l.alu(`adc #${up}`, raised[1], [from[1]], { readsFlags: true, immediate: true, wide: 1 });
  if (by < 32) return shiftDown(l, to, raised, by, 'asr', high);
  if (by === 32) l.emit('move', 'mov', [to[0]], [raised[1]], { copy: true, wide: 0 });
  else shift(l, `asr #${by - 32}`, to[0], raised[1]);
  if (high) shift(l, 'asr #31', to[1], raised[1]);
}

/** By a word and more: what is added to a negative number fills the low word. */
function shiftWordTowardsZero(l: Lowering, to: Words, from: Words, by: number, high: boolean): void {
  const sign = l.fresh();
  shift(l, 'asr #31', sign, from[1]);
  l.alu('adds', l.fresh(), [from[0], sign], { setsFlags: true, wide: 0.3 });
  const raised = by === 0 ? to[0] : l.fresh();
  if (by === 0) l.alu('adc #0', raised, [from[1]], { readsFlags: true, immediate: true, wide: 1 });
  else {
    const bias = l.fresh();
    masked(l, bias, sign, 2 ** by - 1);
    l.alu('adc', raised, [from[1], bias], { readsFlags: true, wide: 0.3 });
    shift(l, `asr #${by}`, to[0], raised);
  }
  if (high) shift(l, 'asr #31', to[1], raised);
}

function shiftDown(l: Lowering, to: Words, from: Words, by: number, how: 'lsr' | 'asr', high: boolean): void {
  funnel(l, to[0], from, by);
  if (high) shift(l, `${how} #${by}`, to[1], from[1]);
}

/** The number less quotient times divisor. */
function minusMultiple(l: Lowering, to: Words, x: Words, quotient: Words, divisor: number): void {
  const product: Words = [l.fresh(), l.fresh()];
  const steps = wideMultiple(divisor, l.doublings);
  if (steps) makeMultiple(l, product, quotient, steps);
  else {
    const [factor, up] = [l.constant(divisor), l.fresh()];
    l.emit('multiply', 'umull', [product[0], up], [quotient[0], factor], { wide: 1 });
    l.emit('multiply', 'mla', [product[1]], [quotient[1], factor, up], { accumulator: up, wide: 1 });
  }
  sum(l, to, x, product, -1);
}

/** Negated behind the shift; a remainder as gcc's expand_smod_pow2 has it: the magnitude's low bits with the sign again. */
function byPowerOfTwo(
  l: Lowering,
  n: Node,
  a: Node,
  by: number,
  negative: boolean,
  remainder: boolean,
): boolean {
  if (by === 0 || (by >= 31 && remainder)) return false;
  const x: Words = [l.value(a, 0), l.value(a, 1)];
  const to = results(l, n);
  if (!remainder) {
    const quotient: Words = negative ? [l.fresh(), l.fresh()] : to;
    shiftTowardsZero(l, quotient, x, by, negative || l.needs(n, 1));
    if (!negative) return true;
    l.alu('negs', to[0], [quotient[0]], { setsFlags: true, immediate: true, wide: 0.3 });
    l.alu('sbc', to[1], [quotient[1], quotient[1]], { readsFlags: true, shifted: true, wide: 1 });
    return true;
  }
  const [sign, flipped, positive, low, back] = [l.fresh(), l.fresh(), l.fresh(), l.fresh(), l.fresh()];
  shift(l, 'asr #31', sign, x[1]);
  l.alu('eor', flipped, [x[0], sign], { wide: 0.3 });
  l.alu('sub', positive, [flipped, sign], { wide: 0.3 });
  masked(l, low, positive, 2 ** by - 1);
  l.alu('eor', back, [low, sign], { wide: 0.3 });
  l.alu('subs', to[0], [back, sign], { setsFlags: true, wide: 0.3 });
  if (l.needs(n, 1)) l.alu('sbc', to[1], [sign, sign], { readsFlags: true, wide: 0.3 });
  return true;
}
