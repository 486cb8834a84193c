import { describe, expect, it } from 'vitest';
import { assemble, type Op } from '../wasm/assemble.ts';
import { analyse, instrument, openMeter } from '../wasm/index.ts';
import { estimateCycles } from '../timing/index.ts';
import { waysThrough, worstCaseOf } from './worst-case.ts';

const divides: Op[] = [['local.get', 0], ['local.get', 1], ['i64.div_u']];

it.each(['cortex-m4', 'cortex-a7'])('takes every division for the longest one on %s', (core) => {
  const analysis = analyse(
    assemble([{ export: 'run', params: ['i64', 'i64'], results: ['i64'], body: divides }]),
  );
  const meter = openMeter(instrument(analysis));
  const cost = (a: bigint, b: bigint) => {
    const counts = meter.count(({ exports }) => void (exports.run as (a: bigint, b: bigint) => bigint)(a, b));
    const { cycles, wasmOps } = estimateCycles(analysis, counts, core, 'wasm2c');
    const ways = waysThrough({ analysis, entry: 0 });
    return { cycles, worst: worstCaseOf(analysis, ways, { counts, cycles, wasmOps }, core, 'wasm2c') };
  };
  const [short, long] = [cost(3n, 1n << 40n), cost(0xaaaaaaaaaaaaaaaan, 1n)];
  expect(long.cycles.value).toBeGreaterThan(short.cycles.value);
  expect(short.worst.kind).toBe('bounded');
  expect(short.worst.kind !== 'unbounded' && short.worst.cycles.value).toBeGreaterThan(long.cycles.value);
});

/** What a call costs under the words of `args`, and its worst case whatever the data. */
function timed(body: Op[], args: number[], core: string, runtime = 'wasm2c', memory: number[] = []) {
  const analysis = analyse(
    assemble([{ export: 'run', params: ['i32', 'i32'], locals: ['f64'], results: ['i32'], body }]),
  );
  const meter = openMeter(instrument(analysis));
  new Uint8Array((meter.instance.exports.memory as WebAssembly.Memory).buffer).set(memory);
  const counts = meter.count(({ exports }) => void (exports.run as (...args: number[]) => number)(...args));
  const { cycles, wasmOps } = estimateCycles(analysis, counts, core, runtime);
  const ways = waysThrough({ analysis, entry: 0, args: args.map((a) => (a < 0 ? undefined : a)) });
  return { cycles, worst: worstCaseOf(analysis, ways, { counts, cycles, wasmOps }, core, runtime) };
}

const divide: Op[] = [['local.get', 0], ['local.get', 1], ['i32.div_u']];
const byTen: Op[] = [['local.get', 0], ['i32.const', 10], ['i32.div_u']];

it('takes 32-bit divisions for the longest, except by constants in compiled code', () => {
  // 6 cycles in the middle, 12 at most (ARM DDI 0439D, table 3-1).
  const { cycles, worst } = timed(divide, [7, 3], 'cortex-m4');
  expect(worst).toMatchObject({ kind: 'bounded' });
  expect(worst.kind !== 'unbounded' && worst.cycles.value - cycles.value).toBeCloseTo(6, 9);
  expect(timed(byTen, [7, 3], 'cortex-m4').worst.kind).toBe('constant');
  expect(timed(byTen, [7, 3], 'cortex-m4', 'wasm3').worst.kind).toBe('bounded');
  // One figure is all that is known of this divider.
  expect(timed(divide, [7, 3], 'cortex-a7').worst.kind).toBe('constant');
  expect(timed(divide, [7, 3], 'cortex-a8').worst.kind).toBe('bounded');
});

it('takes calls for doubles for dearer ones, and not what a unit does', () => {
  const body: Op[] = [
    ['local.get', 0],
    ['f64.convert_i32_s'],
    ['local.tee', 2],
    ['local.get', 2],
    ['f64.add'],
    ['i32.trunc_f64_s'],
  ];
  const { cycles, worst } = timed(body, [3, 0], 'cortex-m4');
  expect(worst.kind).toBe('bounded');
  expect(worst.kind !== 'unbounded' && worst.cycles.value / cycles.value).toBeGreaterThan(1.5);
  expect(timed(body, [3, 0], 'cortex-a7').worst.kind).toBe('constant');
});

describe.each(['wasm2c', 'wasm3', 'wamr-classic'])('copies under %s', (runtime) => {
  const copy = (length: Op[]): Op[] => [
    ['i32.const', 4096],
    ['i32.const', 8192],
    ...length,
    ['memory.copy'],
    ['i32.const', 0],
  ];
  const loaded = copy([
    ['i32.const', 0],
    ['i32.load', 2, 0],
  ]);

  it('of a length that lies in memory are bounded by the memory, and by no less than any of them', () => {
    const { worst } = timed(loaded, [0, 0], 'cortex-m4', runtime, [16]);
    expect(worst.kind).toBe('bounded');
    for (const memory of [[], [255], [0, 8], [0, 160]])
      expect(timed(loaded, [0, 0], 'cortex-m4', runtime, memory).cycles.value).toBeLessThanOrEqual(
        worst.kind !== 'unbounded' ? worst.cycles.value : 0,
      );
  });

  it('of a known length are constant, and at their longest where data decide on it', () => {
    expect(timed(copy([['local.get', 0]]), [100, 0], 'cortex-m4', runtime).worst.kind).toBe('constant');
    const chosen = copy([
      ['local.get', 0],
      ['i32.load', 2, 0],
      ['if', 'void'],
      ['i32.const', 900],
      ['local.set', 1],
      ['end'],
      ['local.get', 1],
    ]);
    const [short, long] = [[], [1]].map((memory) => timed(chosen, [0, 20], 'cortex-m4', runtime, memory));
    expect(short!.worst.kind).toBe('bounded');
    expect(short!.worst.kind !== 'unbounded' && short!.worst.cycles.value).toBeGreaterThanOrEqual(
      long!.cycles.value,
    );
  });
});
