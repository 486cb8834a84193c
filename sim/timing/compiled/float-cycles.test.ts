import binaryen from 'binaryen';
import { describe, expect, it } from 'vitest';
import { timeModule } from '../../time-module.ts';
import { isFloatOperator } from './float-operators.ts';

/** Cycles that one operator adds to each of 1000 turns of a loop. */
function cyclesOf(operator: string, type: 'f32' | 'f64', core: string): { cycles: number; notes: string } {
  const time = (body: string) => {
    const module =
      binaryen.parseText(`(module (func (export "run") (param $n i32) (result ${type}) (local $x ${type})
      (local.set $x (${type}.const 1.5))
      (loop ${body} (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))) (local.get $x)))`);
    const bytes = module.emitBinary();
    module.dispose();
    return timeModule(bytes, { entry: 'run', args: ['1000'], fuel: 1e6, core, runtime: 'wasm2c' });
  };
  const timing = time(`(local.set $x (${operator} (local.get $x) (local.get $x)))`);
  return { cycles: (timing.cycles.value - time('').cycles.value) / 1000, notes: timing.notes.join(' ') };
}

describe('floating-point work in compiled code', () => {
  it('is single instructions in single precision on a Cortex-M4, calls in double precision', () => {
    // ARM DDI 0439D, table 7-1: VADD.F32 1, VDIV.F32 14; a call into newlib for doubles.
    expect(cyclesOf('f32.add', 'f32', 'cortex-m4').cycles).toBeLessThan(4);
    // The counter of the loop goes on beside the quotient.
    expect(cyclesOf('f32.div', 'f32', 'cortex-m4').cycles).toBeGreaterThan(10);
    expect(cyclesOf('f64.add', 'f64', 'cortex-m4').cycles).toBeGreaterThan(60);
    expect(cyclesOf('f64.div', 'f64', 'cortex-m4').cycles).toBeGreaterThan(500);
  });

  it('has doubles in hardware on a Cortex-A7', () => {
    // GCC cortex-a7.md: fadds and faddd 4, fmuld 7, fdivd 31.
    expect(cyclesOf('f64.add', 'f64', 'cortex-a7').cycles).toBeLessThan(8);
    expect(cyclesOf('f64.div', 'f64', 'cortex-a7').cycles).toBeGreaterThan(25);
  });

  it('says what reference speaks for it, and where none does', () => {
    expect(cyclesOf('f64.mul', 'f64', 'cortex-m4').notes).toMatch(
      /double precision.*assumed to lie within 0.5 to 2/,
    );
    expect(cyclesOf('f32.mul', 'f32', 'cortex-a8').notes).toMatch(/no reference kernel has here: assumed/);
    expect(cyclesOf('f32.mul', 'f32', 'cortex-m4').notes).toMatch(/code with floating-point work/);
  });

  it('tells computing from moving', () => {
    const computing = ['f32.add', 'f64.lt', 'f64.promote_f32', 'i32.trunc_sat_f64_u', 'f32.convert_i64_u'];
    const moving = [
      'f32.load',
      'f64.store',
      'f32.const',
      'i32.reinterpret_f32',
      'f64.reinterpret_i64',
      'i32.add',
    ];
    for (const name of computing) expect([name, isFloatOperator(name)]).toEqual([name, true]);
    for (const name of moving) expect([name, isFloatOperator(name)]).toEqual([name, false]);
  });
});
