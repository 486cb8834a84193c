/** Kernels of the examples under random faults: no trap, no hang, no decision that is not marked. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { framesOf, openPipeline, prepare, simulateOn, type ReadyKernel } from '../../cli/workbench.ts';
import { loadBoard } from '../../boards/load.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { filterMemorySeconds } from '../../generator/pipeline/filter-memory.ts';
import type { Fault, FaultFile } from '../../sim/faults/fault-file.ts';
import { runFaults, type FaultReport, type FaultScene } from '../../sim/faults/run-faults.ts';

const seconds = 26;
const span = fc
  .tuple(fc.double({ min: 0, max: 24, noNaN: true }), fc.double({ min: 0.05, max: 8, noNaN: true }))
  .map(([fromS, length]) => ({ fromS, toS: fromS + length }));
const counts = fc.constantFrom(-2147483648, -100_000, -1, 0, 100_000, 2147483000);

function anyFault(sensors: readonly string[]): fc.Arbitrary<Fault> {
  const sensor = fc.constantFrom(...sensors) as fc.Arbitrary<'ppg'>;
  const shows = fc.constantFrom('nothing' as const, 'last' as const, 'zero' as const);
  return fc.oneof(
    fc
      .tuple(span, sensor, shows)
      .map(([s, of, what]): Fault => ({ kind: 'dropout', ...s, sensor: of, shows: what })),
    fc
      .tuple(span, counts)
      .map(([s, lowCounts]): Fault => ({ kind: 'saturation', ...s, lowCounts, highCounts: lowCounts + 500 })),
    fc
      .double({ min: 0, max: 50, noNaN: true })
      .map((standardDeviationMs): Fault => ({ kind: 'jitter', standardDeviationMs })),
    fc
      .double({ min: -2e5, max: 2e5, noNaN: true })
      .map((partsPerMillion): Fault => ({ kind: 'clock-drift', partsPerMillion })),
    fc
      .tuple(fc.double({ min: 0, max: 25, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true }))
      .map(([atS, downS]): Fault => ({ kind: 'brown-out', atS, downS })),
    fc
      .double({ min: 0, max: 1, noNaN: true })
      .map((share): Fault => ({ kind: 'radio-loss', share, retries: 2, bytes: 8 })),
  );
}

describe.each([
  ['pulse', 'we-be-class', ['ppg']],
  ['deepauth', 'samsung-gear-live', ['accelerometer', 'gyroscope']],
] as const)('%s on %s', (example, boardId, sensors) => {
  let scene: Omit<FaultScene, 'file'>;
  beforeAll(async () => {
    const loaded = openPipeline(example);
    const choice = chooseModel(loaded.pipeline, {});
    const ready: ReadyKernel = await prepare(loaded, choice, { runtimes: ['wasm2c'], verify: false });
    const board = loadBoard(boardId);
    const { wasm, manifest } = ready.built;
    const frames = framesOf(loaded, manifest.rateHz);
    scene = {
      wasm,
      manifest,
      frames,
      board,
      result: simulateOn(loaded, ready, board, 'wasm2c'),
      filterMemorySeconds: filterMemorySeconds(loaded.pipeline, manifest.rateHz),
    };
  });
  const run = (file: FaultFile): FaultReport => runFaults({ ...scene, file });

  it('is the same run when nothing goes wrong', () => {
    const report = run({ seed: 1, seconds, faults: [] });
    expect(report.counts).toMatchObject({
      same: report.clean.decisions,
      changed: 0,
      lost: 0,
      refused: 0,
      extra: 0,
    });
    expect(report.clean.decisions).toBeGreaterThan(4);
    expect(report.faulted).toEqual(report.clean);
  });

  it('never traps, never answers anything but a decision or a status, and marks every decision that a fault can have moved', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer({ min: 0, max: 1000 }),
          seconds: fc.constant(seconds),
          faults: fc.array(anyFault(sensors), { minLength: 1, maxLength: 3 }),
        }),
        (file) => {
          const { kernel, faulted, decisions } = run(file);
          expect(kernel).toEqual({ trap: null, invalid: 0, changedUnmarked: 0, decidedAfterReset: 0 });
          expect(Number.isFinite(faulted.energyMj)).toBe(true);
          expect(decisions.length).toBeGreaterThanOrEqual(faulted.decisions);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('marks what its filters still feel of a converter at its end, longer than a window', () => {
    const saturation: Fault = {
      kind: 'saturation',
      fromS: 0,
      toS: 7,
      lowCounts: 2147483000,
      highCounts: 2147483500,
    };
    expect(run({ seed: 0, seconds, faults: [saturation] }).kernel.changedUnmarked).toBe(0);
  });

  it('gives the same report for the same file', () => {
    const file: FaultFile = {
      seed: 4,
      seconds,
      faults: [
        { kind: 'jitter', standardDeviationMs: 3 },
        { kind: 'radio-loss', share: 0.5, retries: 3, bytes: 8 },
      ],
    };
    expect(run(file)).toEqual(run(file));
    const { transmissions, messages } = run(file).faulted;
    // A watch whose radio is not known sends nothing.
    expect(transmissions > messages).toBe(scene.board.radio !== undefined);
  });

  it('loses its state with its supply: no decision before a whole window is there again, less energy while it is off', () => {
    const report = run({ seed: 1, seconds, faults: [{ kind: 'brown-out', atS: 9, downS: 3 }] });
    expect(report.faulted.energyMj).toBeLessThan(report.clean.energyMj);
    expect(report.faulted.longestGapS).toBeGreaterThanOrEqual(4 + 3);
    expect(report.faulted.samples).toBeLessThan(report.clean.samples);
  });
});
