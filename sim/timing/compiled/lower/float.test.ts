import binaryen from 'binaryen';
import { expect, it } from 'vitest';
import { cores, type CoreId } from '../../../cores/index.ts';
import { analyse, instrument, measure } from '../../../wasm/index.ts';
import { buildFor } from '../build.ts';
import { compileModule } from '../compile.ts';

/** Instructions of the loop `for (p = 0; p != 800; p += step) body` without checks, in the order of the program. */
function loop(core: CoreId, type: 'f32' | 'f64', body: string): string[] {
  const module = binaryen.parseText(`(module (memory 1) (func (export "run") (result ${type})
    (local $p i32) (local $x ${type}) (local $y ${type})
    (loop ${body} (br_if 0 (i32.ne (local.tee $p (i32.add (local.get $p) (i32.const 8))) (i32.const 800)))) (local.get $x)))`);
  const analysis = analyse(module.emitBinary());
  module.dispose();
  const counts = measure(instrument(analysis), ({ exports }) => (exports.run as () => number)());
  const [{ allocation }] = compileModule(analysis, counts, buildFor(cores[core], false)) as [
    ReturnType<typeof compileModule>[0],
  ];
  const inner = allocation.code.blocks.toSorted((a, b) => b.weight - a.weight)[0]!;
  return inner.code.map((m) => m.text);
}

const times = (texts: readonly string[], text: string) => texts.filter((t) => t === text).length;
const at = (type: string, offset: number) => `(${type}.load offset=${offset} (local.get $p))`;

/*
 * gcc 12.2 -O2 -mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard:
 *   ldr r1, [r3]; ldr r2, [r2, #3072]; vmov s11, r1; vmov s10, r2; adds r3, #4; cmp r3, r5; vfma.f32 s15, s11, s10; bne
 */
it('moves what is loaded to the unit, and takes a product along in a sum', () => {
  const sum = `(local.set $x (f32.add (local.get $x) (f32.mul ${at('f32', 1024)} ${at('f32', 2048)})))`;
  for (const core of ['cortex-m4', 'cortex-a7'] as const) {
    const texts = loop(core, 'f32', sum);
    expect(times(texts, 'vmov s,r')).toBe(2);
    expect(times(texts, 'vfma.f32')).toBe(1);
    expect(texts.filter((t) => t.startsWith('v'))).toHaveLength(3);
  }
});

// The same compiler: vmul.f32 s15, s11, s7; vfma.f32 s15, s3, s13, for 0.2 * x + 0.4 * y with x first.
it('takes the first of two products along', () => {
  const texts = loop(
    'cortex-m4',
    'f32',
    `(local.set $x (f32.add (f32.mul ${at('f32', 1024)} (f32.const 0.2)) (f32.mul (local.get $x) (f32.const 0.4))))`,
  );
  expect([times(texts, 'vmul.f32'), times(texts, 'vfma.f32'), times(texts, 'vadd.f32')]).toEqual([1, 1, 0]);
});

// The same compiler: vmov r4, s15; str r4, [r3]
it('stores from the core', () => {
  const texts = loop(
    'cortex-m4',
    'f32',
    `(f32.store offset=4096 (local.get $p) (f32.add ${at('f32', 1024)} (f32.const 0.3)))`,
  );
  expect([times(texts, 'vmov r,s'), times(texts, 'str')]).toEqual([1, 1]);
});

/*
 * gcc 12.2 -O2 -mcpu=cortex-a7: ldr r4, [lr]; ldr r5, [lr, #4]; mov r2, r4; mov r3, r5; vmov d17, r2, r3; vadd.f64 d16, d16, d17
 * -mcpu=cortex-m4 -mfpu=fpv4-sp-d16: ldr r8, [r5]; ldr r9, [r5, #4]; mov r2, r8; mov r3, r9; mov r0, r6; mov r1, r7; bl __aeabi_dadd
 */
it('keeps doubles in the unit, or in the core where it has none for them', () => {
  const sum = `(local.set $x (f64.add (local.get $x) ${at('f64', 1024)}))`;
  const a7 = loop('cortex-a7', 'f64', sum);
  expect([times(a7, 'ldr'), times(a7, 'mov'), times(a7, 'vmov d,r,r'), times(a7, 'vadd.f64')]).toEqual([
    2, 2, 1, 1,
  ]);
  const m4 = loop('cortex-m4', 'f64', sum);
  expect([times(m4, 'ldr'), times(m4, 'f64.add')]).toEqual([2, 1]);
  expect(m4.some((t) => t.startsWith('v'))).toBe(false);
});

// The same compiler for a clamp and a conversion: one vcmp.f32 s15, s15 for all three.
it('asks once whether a value is a number', () => {
  const clamped = `(f32.min (f32.max ${at('f32', 1024)} (f32.const -128)) (f32.const 127))`;
  const texts = loop('cortex-m4', 'f32', `(i32.store (local.get $p) (i32.trunc_sat_f32_s ${clamped}))`);
  // One for that, one for each bound of the clamp, one for each end of the integers.
  expect(times(texts, 'vcmp.f32')).toBe(5);
});
