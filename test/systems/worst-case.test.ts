/**
 * The bound of every shipped kernel against what runs: random memory in all that the stages read and write, constants apart, so that
 * scores, features, samples and templates take values that no recording has. Loops whose turns the code bounds turn no more often.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseModel, families } from '../../generator/choose-model.ts';
import { openPipeline, prepare } from '../../cli/workbench.ts';
import { kernelCost } from '../../sim/kernel-cost.ts';
import { estimateCycles } from '../../sim/timing/index.ts';
import { instrument, openMeter, type BlockCounts } from '../../sim/wasm/index.ts';
import { constantMemory, kernelWorstCase } from '../../sim/worst-case/kernel-worst-case.ts';
import { waysThrough, worstCaseOf } from '../../sim/worst-case/worst-case.ts';

/** The lowest rate of each family: what rests on data is the same at all of them, and runs faster. */
const kernels = ['pulse', 'deepauth', 'waca', 'typing102', 'smarteryou'].flatMap((name) => {
  const { pipeline } = openPipeline(name);
  return families(pipeline).map((family) => [name, family] as const);
});

/** Runs of each stage in each shape of code, so some thousands a kernel; the long recurrent ones are run a few times only. */
const RUNS = 600;
const LONG = 2_000_000;
/** Runs whose cycles are held to the bound under a compiled runtime: each costs a compilation. */
const COMPILED = 4;
/** State of so few values is counts and places, which no run leaves at any value. */
const SHORT = 6;

const width = { i8: 1, i16: 2, i32: 4, i64: 8 };

describe.each(kernels)('%s/%s', (name, family) => {
  it('is bounded in the worst case, and no memory makes a stage run more', { timeout: 120_000 }, async () => {
    const loaded = openPipeline(name);
    const rateHz = Math.min(...loaded.pipeline.rates);
    const choice = chooseModel(loaded.pipeline, { model: family, rateHz });
    const { shapes } = await prepare(loaded, choice, {
      runtimes: ['wasm3', 'wasm2c-firmware'],
      verify: false,
    });
    const compiled = ['wasm2c', 'wasm2c-firmware'];
    const costed = [...shapes].flatMap(([shape, { profile }]) =>
      (shape === 'aot' ? compiled : ['wasm3']).map((runtime) => ({ shape, profile, runtime })),
    );
    for (const { shape, profile, runtime } of costed) {
      const cost = kernelCost(profile, 'cortex-m4', runtime);
      expect(kernelWorstCase(profile, 'cortex-m4', runtime, cost.stages).kind).not.toBe('unbounded');
      const { analysis, manifest } = profile;
      const readOnly = constantMemory(analysis, manifest);
      const meter = openMeter(instrument(analysis));
      const memory = new Uint8Array((meter.instance.exports.memory as WebAssembly.Memory).buffer);
      const written = manifest.blocks.filter((b) => b.kind !== 'constant');
      for (const [at, { stage, counts }] of profile.stages.entries()) {
        const entry = analysis.module.exports.find(
          (e) => e.kind === 'function' && e.name === stage.export,
        )!.index;
        const ways = waysThrough({ analysis, entry, knowledge: { readOnly } });
        if ('reason' in ways) throw new Error(ways.reason);
        const most = ways.price((f, block) => analysis.functions[f]!.operators[block]!);
        const observed = cost.stages[at]!;
        if (ways.constant) expect(most).toBe(observed.wasmOps);
        const worst = worstCaseOf(analysis, ways, { counts, ...observed }, 'cortex-m4', runtime);
        if (worst.kind === 'unbounded') throw new Error(worst.reason);
        let [run, ended] = [0, 0];
        fc.assert(
          fc.property(fc.integer(), fc.constantFrom(0, 1, 2, 3), (seed, style) => {
            for (const { kind, address, length, type } of written)
              if (kind === 'state' && length <= SHORT) small(memory, address, length * width[type], seed);
              else scramble(memory, address, length * width[type], seed, style);
            let ran: BlockCounts;
            try {
              ran = meter.count((i) => (i.exports[stage.export] as () => void)());
            } catch {
              // Places in rings that no run leaves there.
              return;
            }
            ended++;
            const operators = analysis.functions.reduce(
              (sum, f, i) => f.operators.reduce((s, n, b) => s + n * ran.blocks[i]![b]!, sum),
              0,
            );
            expect(operators).toBeLessThanOrEqual(most);
            if (shape === 'interp' || run++ < COMPILED)
              expect(estimateCycles(analysis, ran, 'cortex-m4', runtime).cycles.value).toBeLessThanOrEqual(
                worst.cycles.value * (1 + 1e-9),
              );
          }),
          { numRuns: most > LONG ? 3 : runtime === 'wasm2c-firmware' ? 2 * COMPILED : RUNS, seed: 1 },
        );
        expect(ended, stage.export).toBeGreaterThan(0);
      }
    }
  });
});

it.each([20, 25, 64])(
  'pulse at %i Hz: a few operators more in the worst case are not many times the cycles',
  async (rateHz) => {
    const loaded = openPipeline('pulse');
    const choice = chooseModel(loaded.pipeline, { rateHz });
    const { profile } = await prepare(loaded, choice, { runtimes: ['wasm2c'], verify: false });
    for (const runtime of ['wasm2c', 'wasm2c-unchecked']) {
      const { stages } = kernelCost(profile, 'cortex-m4', runtime);
      const worst = kernelWorstCase(profile, 'cortex-m4', runtime, stages);
      if (worst.kind === 'unbounded') throw new Error(worst.reason);
      const observed = stages.reduce(
        (total, s) => ({ cycles: total.cycles + s.cycles.value, wasmOps: total.wasmOps + s.wasmOps }),
        { cycles: 0, wasmOps: 0 },
      );
      expect(worst.wasmOps / observed.wasmOps).toBeLessThan(1.05);
      expect(worst.cycles.value / observed.cycles).toBeLessThan(1.5);
    }
  },
);

/** Counts and places near zero. */
function small(memory: Uint8Array, address: number, bytes: number, seed: number): void {
  memory.fill(0, address, address + bytes);
  memory[address] = Math.abs(seed) % 4;
}

/** 0: any bytes; 1: small numbers; 2: only a few values; 3: the ends of what fits. */
function scramble(memory: Uint8Array, address: number, bytes: number, seed: number, style: number): void {
  let x = (seed ^ Math.imul(address, 0x9e3779b1)) | 1;
  for (let i = 0; i < bytes; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    memory[address + i] =
      style === 0
        ? x
        : style === 1
          ? i % 2 === 0
            ? x
            : 0
          : style === 2
            ? x & 1
              ? 1
              : 0
            : x & 2
              ? 0x7f
              : x & 4
                ? 0x80
                : 0xff;
  }
}
