/** Zeros and ones counted, sign extensions, bytes in the opposite order. */
import { hasBit } from '../checks.ts';
import { isConst, resolve, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

/** clz and ctz. wasm2c asks for zero first, the C built-ins leave it undefined; a value with a bit set needs no question (vrp1). */
export function countZeros(l: Lowering, n: Node): void {
  const x = l.value(n.args[0]!);
  const to = l.result(n);
  if (n.name === 'nonzero' || hasBit(resolve(n.args[0]!))) {
    if (n.op === 'ctz') l.emit('shift', 'rbit', [to], [x], { wide: 1 });
    return void l.emit('shift', 'clz', [to], [n.op === 'ctz' ? to : x], { wide: 1 });
  }
  l.emit('compare', 'cmp #0', [], [x], { immediate: true, wide: 0.3 });
  l.ifThen(2);
  if (n.op === 'ctz') l.emit('shift', 'rbit<cc>', [to], [x], { readsFlags: true, wide: 1 });
  l.emit('shift', 'clz<cc>', [to], [n.op === 'ctz' ? to : x], { readsFlags: true, wide: 1 });
  l.emit('move', 'mov<cc> #32', [to], [to], { immediate: true, readsFlags: true, conditional: true });
}

/** Calls of libgcc, which counts the ones of 64 bits at once and gives an int. Traced and timed as the reference is. */
export function countOnes(l: Lowering, n: Node): void {
  const a = resolve(n.args[0]!);
  if (a.type === 'i64')
    l.library(
      '__popcountdi2',
      [l.result(n)],
      [l.value(a, 0), l.value(a, 1)],
      l.cLibrary === 'glibc' ? 21 : 27,
    );
  else if (n.name === 'parity') l.library('__paritysi2', [l.result(n)], [l.value(a)], 12);
  else l.library('__popcountsi2', [l.result(n)], [l.value(a)], 17);
}

/** sxtb and sxth; sbfx takes a shift along. */
export function extend(l: Lowering, n: Node): void {
  const a = resolve(n.args[0]!);
  const shifted = l.isLazy(a) && a.op.startsWith('shr_') && isConst(resolve(a.args[1]!));
  if (shifted)
    l.emit('shift', 'sbfx', [l.result(n)], [l.value(resolve(a.args[0]!))], { immediate: true, wide: 1 });
  else l.emit('extend', n.op === 'ext8' ? 'sxtb' : 'sxth', [l.result(n)], [l.value(a)], { wide: 0.5 });
}

export function swapBytes(l: Lowering, n: Node): void {
  l.emit('shift', 'rev', [l.result(n)], [l.value(n.args[0]!)], { wide: 0.3 });
}
