/**
 * Fixed-point primitives. The law is docs/numbers.md, section 1; the TypeScript twin that gives the same bits is
 * generator/layers/integer/fixed.ts.
 *
 * Right shifts are arithmetic. Rounding is to nearest with ties toward +infinity (add half, shift), which costs one
 * addition on every target; only divisions round ties away from zero. Narrowing saturates.
 * Multiplications that need 64 bits widen i32 operands, which 32-bit cores do in one instruction.
 */

/** Clamps to -32768 .. 32767. */
// @ts-ignore: decorator
@inline
export function saturate16(x: i32): i32 {
  return x < -32768 ? -32768 : x > 32767 ? 32767 : x;
}

/** Clamps to -128 .. 127. */
// @ts-ignore: decorator
@inline
export function saturate8(x: i32): i32 {
  return x < -128 ? -128 : x > 127 ? 127 : x;
}

/** Clamps to -2^31 .. 2^31 - 1. */
// @ts-ignore: decorator
@inline
export function saturate32(x: i64): i32 {
  return x < -0x80000000 ? -0x80000000 : x > 0x7fffffff ? 0x7fffffff : <i32>x;
}

/** x / 2^shift, rounded. 0 <= shift <= 31; x + 2^(shift-1) must fit 32 bits. */
// @ts-ignore: decorator
@inline
export function roundShift32(x: i32, shift: i32): i32 {
  return (x + <i32>((<u32>1 << shift) >> 1)) >> shift;
}

/** x / 2^shift, rounded. 0 <= shift <= 63; x + 2^(shift-1) must fit 64 bits. */
// @ts-ignore: decorator
@inline
export function roundShift64(x: i64, shift: i64): i64 {
  return (x + <i64>((<u64>1 << shift) >> 1)) >> shift;
}

/** a * m / 2^shift, rounded. The result must fit 32 bits: the caller has a proof (no saturation here). */
// @ts-ignore: decorator
@inline
export function multiplyShift(a: i32, m: i32, shift: i32): i32 {
  return <i32>roundShift64(<i64>a * <i64>m, <i64>shift);
}

/** An accumulator into an int16 format: a * m / 2^shift, rounded and saturated. */
// @ts-ignore: decorator
@inline
export function requantize(a: i32, m: i32, shift: i32): i32 {
  return saturate16(multiplyShift(a, m, shift));
}

/** An int16 value into another int16 format, in 32 bits only: 0 <= m <= 32767, 0 <= shift <= 30. */
// @ts-ignore: decorator
@inline
export function rescale16(x: i32, m: i32, shift: i32): i32 {
  return saturate16(roundShift32(x * m, shift));
}

/** An int16 value for a buffer of 8 bits that drops so many bits: 0 <= dropped <= 8. */
// @ts-ignore: decorator
@inline
export function narrow8(x: i32, dropped: i32): i32 {
  return saturate8(roundShift32(x, dropped));
}

/** The value in an int16 buffer, or in one of 8 bits that drops so many bits. */
// @ts-ignore: decorator
@inline
export function widened<T>(x: usize, dropped: i32): i32 {
  return sizeof<T>() == 1 ? <i32>load<i8>(x) << dropped : <i32>load<i16>(x);
}

/** What an int16 value is stored as: itself, or without the bits that an 8-bit buffer drops. */
// @ts-ignore: decorator
@inline
export function fitted<T>(value: i32, dropped: i32): i32 {
  return sizeof<T>() == 1 ? narrow8(value, dropped) : value;
}

/** n / d, rounded to nearest, ties away from zero. d > 0; |n| + d / 2 must fit 64 bits. */
// @ts-ignore: decorator
@inline
export function divideRound(n: i64, d: i64): i64 {
  const half = d >> 1;
  return (n < 0 ? n - half : n + half) / d;
}
