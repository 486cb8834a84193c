/** Modules that other people's compilers could have made: what runs before the call, what never ends, what cannot run. */
import binaryen from 'binaryen';
import { describe, expect, it } from 'vitest';
import { callMisses, timeModule } from './time-module.ts';

function assemble(wat: string): Uint8Array {
  const module = binaryen.parseText(wat);
  module.setFeatures(binaryen.Features.All);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

const call = { entry: 'run', args: [] as string[], fuel: 10_000, core: 'cortex-m4', runtime: 'wasm2c' };
const cores = ['cortex-m4', 'cortex-m33', 'cortex-a7', 'cortex-a8'];
const runtimes = ['wasm2c', 'wasm2c-unchecked', 'wamr-aot', 'wasm3', 'wamr-classic', 'wamr-fast'];
const time = (wat: string, more: Partial<typeof call> = {}) =>
  timeModule(assemble(wat), { ...call, ...more });

describe('a call that does not end', () => {
  it.each([
    ['a loop', '(module (func (export "run") (loop (br 0))))'],
    [
      'a loop that counts',
      '(module (global $g (mut i32) (i32.const 0)) (func (export "run") (loop (global.set $g (i32.add (global.get $g) (i32.const 1))) (br 0))))',
    ],
    [
      'calls without a loop',
      '(module (func $f (export "run") (param i32) (result i32) (if (result i32) (i32.lt_s (local.get 0) (i32.const 2)) (then (i32.const 1)) (else (i32.add (call $f (i32.sub (local.get 0) (i32.const 1))) (call $f (i32.sub (local.get 0) (i32.const 2))))))))',
    ],
  ])('%s is stopped when the fuel is used up', (_, wat) => {
    const args = wat.includes('param') ? ['40'] : [];
    expect(() => time(wat, { args })).toThrow(
      /ESC427 The call has not returned after 10000 loop iterations and calls.*--fuel/,
    );
  });

  it('a loop of as many iterations as there is fuel ends, one more does not', () => {
    const wat =
      '(module (func (export "run") (param i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))';
    // One for the function, one for each iteration; the last of the fuel is what traps.
    expect(time(wat, { args: ['9998'] }).wasmOps).toBe(5 * 9998);
    expect(() => time(wat, { args: ['9999'] })).toThrow(/ESC427/);
  });

  it('fuel leaves counts and result as they are', () => {
    const wat = `(module (func $g (param i32) (result i32) (i32.mul (local.get 0) (local.get 0)))
      (func (export "run") (result i32) (local $i i32) (local $s i32)
        (block (loop (br_if 1 (i32.ge_u (local.get $i) (i32.const 50)))
          (local.set $s (i32.add (local.get $s) (call $g (local.get $i))))
          (local.set $i (i32.add (local.get $i) (i32.const 1))) (br 0)))
        (local.get $s)))`;
    const timing = time(wat);
    expect(timing.result).toBe('40425');
    // 4 of the check, 5 of the sum, 3 of the call, 4 of the step, 1 back, 50 times; the last check; the result.
    expect(timing.wasmOps).toBe(50 * (4 + 5 + 3 + 4 + 1) + 4 + 1);
  });

  it('endless recursion is a trap', () => {
    const wat = '(module (func $f (export "run") (call $f)))';
    expect(() => time(wat, { fuel: 1e9 })).toThrow(/ESC507.*call stack/);
  });
});

describe('what runs before the call', () => {
  const module = (
    start: string,
    more = '',
  ) => `(module (memory (export "memory") 1) (global $g (mut i32) (i32.const 0)) ${more}
    (func $s ${start}) (start $s) (func (export "run") (result i32) (global.get $g)))`;

  it('the start function is counted apart', () => {
    const timing = time(module('(global.set $g (i32.const 7))'));
    expect(timing).toMatchObject({ result: '7', wasmOps: 1 });
    expect(timing.notes.join()).toContain('The start function ran first: 2 wasm operators');
  });

  it('a start function that traps or never ends is refused', () => {
    expect(() => time(module('(unreachable)'))).toThrow(/ESC429 The start function.*unreachable/);
    expect(() => time(module('(loop (br 0))'))).toThrow(/ESC427 The start function has not returned/);
  });

  it('_initialize of a reactor runs once, and not when it is what is timed', () => {
    const wat = `(module (global $g (mut i32) (i32.const 0)) (func (export "run") (result i32) (global.get $g))
      (func (export "_initialize") (global.set $g (i32.add (global.get $g) (i32.const 3)))))`;
    const timing = time(wat);
    expect(timing).toMatchObject({ result: '3', wasmOps: 1 });
    expect(timing.notes.join()).toContain('_initialize ran first: 4 wasm operators');
    expect(time(wat, { entry: '_initialize' })).toMatchObject({ result: null, wasmOps: 4 });
  });

  it('segments that do not fit are refused', () => {
    const outside = '(data (i32.const 65536) "x")';
    expect(() => time(module('(nop)', outside))).toThrow(/ESC430.*data segment/);
  });
});

describe('the entry', () => {
  const wat =
    '(module (memory (export "memory") 1) (func (export "infer") (result i32) (i32.const 1)) (func (export "reset")))';

  it('suggests the nearest export', () => {
    expect(() => time(wat, { entry: 'infr' })).toThrow(/ESC506.*infer, reset.*Did you mean infer\?/);
  });

  it('says what an export of another kind is', () => {
    expect(() => time(wat, { entry: 'memory' })).toThrow(/ESC428.*as a memory.*infer, reset/);
  });

  it('answers with several results', () => {
    const pair =
      '(module (func (export "run") (param i64 f32) (result i64 f32) (local.get 0) (local.get 1)))';
    expect(time(pair, { args: ['-9007199254740993', '-0'] })).toMatchObject({
      result: '-9007199254740993, -0',
      args: ['-9007199254740993', -0],
      wasmOps: 2,
    });
    const args = ['1000000000000000001', 'inf'];
    expect(time(pair, { args })).toMatchObject({
      result: '1000000000000000001, Infinity',
      args: [args[0], 'Infinity'],
    });
    expect(time(pair, { args: ['7', '0.1234567'] }).args).toEqual([7, '0.1234567']);
  });
});

/** One instruction of each later feature: timed, or refused by its name. */
describe('features', () => {
  const bulk = `(module (memory 1) (table 4 funcref) (data $d "abc") (elem $e func $f) (func $f)
    (func (export "run") (memory.init $d (i32.const 0) (i32.const 0) (i32.const 3)) (data.drop $d)
      (memory.fill (i32.const 8) (i32.const 1) (i32.const 9)) (memory.copy (i32.const 32) (i32.const 0) (i32.const 16))
      (table.init $e (i32.const 0) (i32.const 0) (i32.const 1)) (elem.drop $e)
      (table.copy (i32.const 1) (i32.const 0) (i32.const 1))))`;

  it.each(runtimes)(
    'bulk operations, sign extension, saturating conversions and constants without an end under %s',
    (runtime) => {
      for (const core of cores) {
        expect(time(bulk, { runtime, core }).wasmOps).toBe(5 * 4 + 2);
        const wat = `(module (func (export "run") (result i32 f64) (i32.extend8_s (i32.trunc_sat_f32_s (f32.const inf))) (f64.const -inf)))`;
        expect(time(wat, { runtime, core })).toMatchObject({ result: '-1, -Infinity', wasmOps: 4 });
      }
    },
  );

  it.each(['wasm3', 'wamr-classic', 'wamr-fast'])(
    'unreachable code that is not reached under %s',
    (runtime) => {
      const wat = '(module (func (export "run") (param i32) (if (local.get 0) (then (unreachable)))))';
      expect(time(wat, { args: ['0'], runtime }).wasmOps).toBe(2);
    },
  );

  it.each([...cores].flatMap((core) => runtimes.map((runtime) => [core, runtime])))(
    'blocks behind a jump, which nobody can reach, on a %s under %s',
    (core, runtime) => {
      // (if (param) (then unreachable (block nop) (i32.add) (drop)) (else ...)), written byte by byte: assemblers leave dead code out.
      const body = [
        0, 0x20, 0, 0x04, 0x7f, 0x00, 0x02, 0x40, 0x01, 0x0b, 0x6a, 0x05, 0x20, 0, 0x41, 7, 0x6a, 0x0b, 0x0b,
      ];
      const bytes = Uint8Array.of(
        ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f, 3, 2, 1, 0],
        ...[7, 7, 1, 3, 114, 117, 110, 0, 0, 10, body.length + 2, 1, body.length, ...body],
      );
      const timing = timeModule(bytes, { ...call, core, runtime, args: ['0'] });
      expect(timing).toMatchObject({ result: '7', wasmOps: 2 + 3 });
    },
  );

  it('a call through a table reaches functions of any type that is declared the same', () => {
    // Types 0 and 1 are (func (result i32)); the functions have the first, the call names the second. Assemblers leave the second out.
    const loop = [3, 0x40, 0x20, 0, 0x41, 1, 0x6a, 0x22, 0, 0x41, 20, 0x48, 0x0d, 0, 0x0b];
    const bodies = [
      [1, 1, 0x7f, ...loop, 0x20, 0, 0x0b],
      [0, 0x41, 1, 0x0b],
      [0, 0x41, 0, 0x28, 2, 0, 0x11, 1, 0, 0x0b],
    ].map((body) => [body.length, ...body]);
    const bytes = (index: number) =>
      Uint8Array.of(
        ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 9, 2, 0x60, 0, 1, 0x7f, 0x60, 0, 1, 0x7f, 3, 4, 3, 0, 0, 0],
        ...[4, 4, 1, 0x70, 0, 2, 5, 3, 1, 0, 1, 7, 7, 1, 3, 114, 117, 110, 0, 2],
        ...[9, 8, 1, 0, 0x41, 0, 0x0b, 2, 0, 1, 10, bodies.flat().length + 1, 3, ...bodies.flat()],
        ...[11, 7, 1, 0, 0x41, 0, 0x0b, 1, index],
      );
    const [dear, cheap] = [0, 1].map((index) => timeModule(bytes(index), call));
    expect([dear!.wasmOps, cheap!.wasmOps]).toEqual([20 * 7 + 1 + 3, 4]);
    for (const { worstCase } of [dear!, cheap!])
      expect(worstCase).toMatchObject({ kind: 'bounded', wasmOps: dear!.wasmOps });
  });

  it('functions that call each other through a table have no worst case, and a cost', () => {
    const wat = `(module (type $t (func (param i32) (result i32))) (table 1 funcref) (elem (i32.const 0) $f)
      (memory 1) (data (i32.const 0) "\\05")
      (func $f (type $t) (if (result i32) (local.get 0)
        (then (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))) (else (i32.const 9))))
      (func (export "run") (result i32) (call $f (i32.load (i32.const 0)))))`;
    expect(time(wat)).toMatchObject({ result: '9', worstCase: { kind: 'unbounded' } });
  });

  it.each([
    ['SIMD', '(module (func (export "run") (drop (v128.const i32x4 0 0 0 0))))'],
    ['atomic', '(module (memory 1 1) (func (export "run") (drop (i32.atomic.load (i32.const 0)))))'],
    ['tail call', '(module (func $f) (func (export "run") (return_call $f)))'],
    ['reference-type', '(module (table 1 funcref) (func (export "run") (drop (table.get 0 (i32.const 0)))))'],
    ['value of type reference', '(module (func (export "run") (param funcref)))'],
    ['exception-handling|exceptions', '(module (tag $t) (func (export "run") (throw $t)))'],
    ['multi-memory', '(module (memory 1) (memory 1) (func (export "run")))'],
    ['memory64', '(module (memory i64 1) (func (export "run")))'],
    [
      'garbage-coll',
      '(module (type $s (struct (field i32))) (func (export "run") (drop (struct.new_default $s))))',
    ],
  ])('%s is refused by its name', (name, wat) => {
    expect(() => time(wat)).toThrow(new RegExp(`ESC50[34].*(${name})`));
  });
});

it.each(['wasm2c', 'wasm3'] as const)('costs fills of memory by their length under %s', (runtime) => {
  const fill = (bytes: number) => `(module (memory 1) (func (export "run") (param i32) (result i32)
    (loop (memory.fill (i32.const 0) (i32.const 1) (i32.const ${bytes}))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i32.load8_u (i32.const 3))))`;
  const cycles = (bytes: number) => time(fill(bytes), { args: ['50'], runtime }).cycles.value;
  expect(cycles(4096) / cycles(256)).toBeGreaterThan(5);
  expect(time(fill(256), { args: ['50'], runtime }).notes.join(' ')).not.toContain('fills');
});

it('costs what a call through a table reaches, however small', () => {
  // The second function is so small that direct calls take it in; through a table it runs on its own.
  const loop = (
    body: string,
  ): string => `(module (type $t (func (param i32) (result i32))) (table 1 funcref) (elem (i32.const 0) $g)
    (func $g (type $t) (i32.sub (local.get 0) (i32.const 1)))
    (func (export "run") (param i32) (loop (br_if 0 (local.tee 0 ${body})))))`;
  const through = time(loop('(call_indirect (type $t) (local.get 0) (i32.const 0))'), { args: ['1000'] });
  const own = through.functions.find(({ name, index }) => index === 0 || name === 'g')!;
  // Nine instructions for the depth of the stack, one for the difference, one back.
  expect(own.cycles.value / 1000).toBeGreaterThan(11);
  expect(own.cycles.value / 1000).toBeLessThan(22);
});

describe('data caches', () => {
  const caches = {
    lineBytes: 64,
    level1: { bytes: 32768, ways: 4 },
    level2: { bytes: 262144, ways: 8 },
  };
  it('are left out where a module leaves no room behind its memory', () => {
    const full = assemble('(module (memory (export "memory") 65536) (func (export "run")))');
    expect(callMisses(full, call, caches)).toBeNull();
  });
});

it.each(runtimes)('says that floating point has a band of its own under %s', (runtime) => {
  const wat = '(module (func (export "run") (param f32) (result f32) (f32.mul (local.get 0) (local.get 0))))';
  expect(time(wat, { args: ['2'], runtime }).notes.join(' ')).toMatch(
    /% of the cycles are in code with floating-point work/,
  );
});
