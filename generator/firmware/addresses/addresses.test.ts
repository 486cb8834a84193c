import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeModule } from '../../../common/wasm/decode.ts';
import { analyseAddresses } from './addresses.ts';
import { randomProgram } from './random-program.ts';
import { assemble, loadBinaryen, watch, type Binaryen } from './testing.ts';

let binaryen: Binaryen;
beforeAll(async () => {
  binaryen = await loadBinaryen();
});

/** Ranges of a module with one exported function f of `params` i32 parameters. */
function ranges(body: string, params = 0, locals = 6): (string | undefined)[] {
  const declared = [
    ...'(param i32) '.repeat(params).split(/(?<=\)) /),
    ...'(local i32) '.repeat(locals).split(/(?<=\)) /),
  ];
  const text = `(module (memory 1 1) (func (export "f") ${declared.join(' ')} ${body}))`;
  const { accesses, gaveUp } = analyseAddresses(decodeModule(assemble(binaryen, text)));
  expect(gaveUp).toBeUndefined();
  return accesses.map(({ touched }) => touched && `${touched.first}..${touched.end}`);
}
/** i = 10; do i--, load(4 i) while (again) */
const countdown = (again: string): string => `(local.set 0 (i32.const 10)) (loop $l
  (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
  (drop (i32.load (i32.shl (local.get 0) (i32.const 2)))) (br_if $l ${again}))`;
const unknown = (offset: number, bytes: number) => `${offset}..${2 ** 32 + offset - 1 + bytes}`;

/** Small numbers, and numbers near the places where signed and unsigned arithmetic wrap. */
const anyArgument = fc.oneof(
  fc.integer(),
  fc
    .tuple(fc.constantFrom(0, 65536, -(2 ** 31)), fc.integer({ min: -99, max: 99 }))
    .map(([base, off]) => (base + off) | 0),
);

describe('analyseAddresses', () => {
  it('knows constants and offsets', () => {
    expect(ranges('(drop (i32.load offset=8 (i32.const 100)))')).toEqual(['108..112']);
    expect(ranges('(i64.store8 (i32.const 5) (i64.const 1))')).toEqual(['5..6']);
  });

  it('knows nothing of a parameter, and something of a masked one', () => {
    expect(ranges('(drop (i32.load16_u offset=4 (local.get 0)))', 1)).toEqual([unknown(4, 2)]);
    const masked = '(i32.add (i32.const 64) (i32.shl (i32.and (local.get 0) (i32.const 31)) (i32.const 2)))';
    expect(ranges(`(drop (i32.load ${masked}))`, 1)).toEqual(['64..192']);
  });

  it('follows a pointer to the end of a loop that is tested at the top or at the bottom', () => {
    // for (p = 100; p < 140; p += 4) load(p)
    const top = `(local.set 0 (i32.const 100)) (loop $l (if (i32.lt_u (local.get 0) (i32.const 140)) (then
      (drop (i32.load (local.get 0))) (local.set 0 (i32.add (local.get 0) (i32.const 4))) (br $l))))
      (drop (i32.load8_u (local.get 0)))`;
    expect(ranges(top)).toEqual(['100..140', '140..141']);
    // p = 100; do load(p), p += 4 while (p < 140)
    const bottom = `(local.set 0 (i32.const 100)) (loop $l (drop (i32.load (local.get 0)))
      (br_if $l (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 4))) (i32.const 140))))
      (drop (i32.load8_u (local.get 0)))`;
    expect(ranges(bottom)).toEqual(['100..140', '140..141']);
  });

  it('counts down and counts with ne', () => {
    expect(ranges(countdown('(local.get 0)'))).toEqual(['0..40']);
    expect(ranges(countdown('(i32.gt_s (local.get 0) (i32.const 0))'))).toEqual(['0..40']);
    expect(ranges(countdown('(i32.ne (local.get 0) (i32.const 0))'))).toEqual(['0..40']);
  });

  it('follows two pointers of nested loops, one of them never reset', () => {
    // w = 1000; for (i = 0; i < 5; i++) for (x = 0, e = x + 32; x < e; x += 4, w += 1) load(x), load8(w)
    const nested = `(local.set 0 (i32.const 1000)) (loop $i
      (local.set 2 (i32.const 0)) (local.set 3 (i32.add (local.get 2) (i32.const 32)))
      (loop $x (if (i32.lt_u (local.get 2) (local.get 3)) (then
        (drop (i32.load (local.get 2))) (drop (i32.load8_s (local.get 0)))
        (local.set 2 (i32.add (local.get 2) (i32.const 4))) (local.set 0 (i32.add (local.get 0) (i32.const 1)))
        (br $x))))
      (br_if $i (i32.lt_s (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (i32.const 5))))`;
    expect(ranges(nested)).toEqual(['0..32', '1000..1040']);
  });

  it('sees through buffers that take turns', () => {
    const swap = `(local.set 0 (i32.const 64)) (local.set 1 (i32.const 128)) (loop $l
      (drop (i32.load (local.get 0))) (local.set 2 (local.get 0)) (local.set 0 (local.get 1))
      (local.set 1 (local.get 2))
      (br_if $l (i32.lt_u (local.tee 3 (i32.add (local.get 3) (i32.const 1))) (i32.const 9))))`;
    expect(ranges(swap)).toEqual(['64..132']);
  });

  it('bounds a table look-up behind a clamp and a magnitude', () => {
    const clamped = `(local.set 1 (select (i32.const -512) (select (i32.const 511) (local.get 0)
      (i32.gt_s (local.get 0) (i32.const 511))) (i32.lt_s (local.get 0) (i32.const -512))))`;
    const magnitude = `(i32.sub (i32.xor (local.get 1) (local.tee 2 (i32.shr_s (local.get 1) (i32.const 31)))) (local.get 2))`;
    expect(ranges(`${clamped} (drop (i32.load8_u (i32.add (i32.const 2000) ${magnitude})))`, 1)).toEqual([
      '2000..2513',
    ]);
  });

  it('does not believe a pointer that may wrap around', () => {
    // p += 3 while p < 0xfffffffe: p steps over the end and starts again
    const wraps = `(loop $l (drop (i32.load8_u (local.get 0)))
      (br_if $l (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 3))) (i32.const -2))))`;
    expect(ranges(wraps)).toEqual([unknown(0, 1)]);
    const end = `(loop $l (if (i32.lt_u (local.get 0) (local.get 1)) (then (drop (i32.load8_u (local.get 0)))
      (local.set 0 (i32.add (local.get 0) (i32.const 2))) (br $l))))`;
    expect(ranges(end, 2)).toEqual([unknown(0, 1)]);
  });

  it('leaves out code that is never reached', () => {
    expect(
      ranges('(if (i32.lt_s (i32.const 3) (i32.const 2)) (then (drop (i32.load (i32.const 0)))))'),
    ).toEqual([undefined]);
  });

  it('gives up on recursion', () => {
    const text = `(module (memory 1 1) (func $f (export "f") (drop (i32.load (i32.const 0))) (call $f)))`;
    const { accesses, gaveUp } = analyseAddresses(decodeModule(assemble(binaryen, text)));
    expect(gaveUp).toBe('recursion');
    expect(accesses[0].touched).toEqual({ first: 0, end: 2 ** 32 + 3 });
  });

  it('never contradicts what a random program does', () => {
    let watched = 0;
    let bounded = 0;
    const run = fc.property(
      randomProgram(),
      fc.array(fc.tuple(anyArgument, anyArgument), { maxLength: 4 }),
      (text, args) => {
        const wasm = assemble(binaryen, text);
        const { accesses } = analyseAddresses(decodeModule(wasm));
        bounded += accesses.filter(({ touched }) => !touched || touched.end - touched.first < 2 ** 31).length;
        const seen = watch(
          binaryen,
          wasm,
          [[0, 0], [1, 65535], ...args].map(([a, b]) => ['f', a, b] as const),
        );
        watched += seen.length;
        for (const { number, address } of seen) {
          const { touched, bytes } = accesses[number];
          if (!touched || address < touched.first || address + bytes > touched.end)
            throw new Error(`access ${number} touched ${address}, not ${touched?.first}..${touched?.end}`);
        }
      },
    );
    fc.assert(run, {
      numRuns: Number(process.env.FUZZ_RUNS ?? 60),
      seed: Number(process.env.FUZZ_SEED ?? 7),
    });
    expect(watched).toBeGreaterThan(500);
    expect(bounded).toBeGreaterThan(200);
  }, 600_000);
});

const kernels = new URL('../../../../shared/arm-truth/kernels/', import.meta.url);
describe.skipIf(!existsSync(kernels))(
  'on the reference kernels (skipped without ../shared/arm-truth)',
  () => {
    const files = existsSync(kernels)
      ? ['', 'small/'].flatMap((folder) =>
          readdirSync(new URL(folder, kernels))
            .filter((f) => f.endsWith('.wasm'))
            .map((f) => folder + f),
        )
      : [];
    it.each(files)('proves every address of %s in range, and truly so', (file) => {
      const wasm = new Uint8Array(readFileSync(new URL(file, kernels)));
      const { accesses } = analyseAddresses(decodeModule(wasm));
      for (const { touched } of accesses) expect(touched?.end ?? 0).toBeLessThanOrEqual(65536);
      for (const { number, address } of watch(binaryen, wasm, [['run', 2]])) {
        const { touched, bytes } = accesses[number];
        if (address < touched!.first || address + bytes > touched!.end)
          expect.fail(`access ${number} at ${address}`);
      }
    });
  },
);
