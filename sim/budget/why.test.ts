import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { averagePower } from '../power/average-power.ts';
import { batteryLife } from '../power/battery-life.ts';
import type { SimulationResult, StageCost } from '../result.ts';
import { wakeupsPerSecond } from '../sensors/wakeups.ts';
import { howToMeasure } from './how-to-measure.ts';
import { taken, whyOf, type Cause } from './why.ts';

const stage = (value: number, low: number, high: number): StageCost => ({
  name: 's',
  title: 's',
  cycles: { value, low, high },
  wasmOps: 1,
  macs: 1,
});

/** As `simulate` fills it in, for one stage on a board without a flash factor, wake-ups without time and no governor. */
function resultOn(
  id: string,
  cycles = stage(10e6, 8e6, 16e6),
  change: (board: ReturnType<typeof loadBoard>) => void = () => {},
): { result: SimulationResult; board: ReturnType<typeof loadBoard> } {
  const board = loadBoard(id);
  delete board.cpu.flashSlowdown;
  delete board.cpu.governor;
  board.cpu.wakeUj = { ...board.cpu.wakeUj, value: 0, low: 0, high: 0 };
  change(board);
  const clock = board.cpu.clock.usedMhz;
  const power = averagePower({
    board,
    pipelineSensors: ['ppg'],
    rateHz: 25,
    samplesPerSecond: 25,
    wakeupsPerSecond: wakeupsPerSecond(board, ['ppg'], 25, 4),
    cyclesPerSample: { value: 0, low: 0, high: 0 },
    cyclesPerInference: cycles.cycles,
    inferencesPerSecond: 1 / 4,
  });
  const result = {
    board: id,
    runtime: 'wasm2c',
    core: board.cpu.core,
    rateHz: 25,
    hopSeconds: 4,
    windowSeconds: 4,
    coresUsed: 1,
    stages: [cycles],
    cycles: cycles.cycles,
    cyclesPerSample: 0,
    latencyParts: [],
    ppgChannels: 0,
    latencyMs: {
      value: cycles.cycles.value / clock.value / 1e3,
      low: cycles.cycles.low / (clock.high ?? clock.value) / 1e3,
      high: cycles.cycles.high / (clock.low ?? clock.value) / 1e3,
    },
    power: { averageMw: power.averageMw, sensorMw: power.sensorMw, parts: power.parts },
    battery: batteryLife(board, power.averageMw),
  } as Partial<SimulationResult> as SimulationResult;
  return { result, board };
}

describe('why a band is wide', () => {
  it('gives the whole latency to the cycle model where the clock is exact', () => {
    const { result, board } = resultOn('we-be-class');
    const why = whyOf(result, board, ['ppg']);
    expect(why.latencyMs.map(({ input, share }) => [input, share])).toEqual([
      ['cycle model of wasm2c with bounds checks on cortex-m4', 1],
    ]);
    expect(why.latencyMs[0]!.measure).toMatch(/infer\(\)/);
  });

  it('shares latency between clock and cycle model by the logarithm of their factors', () => {
    const { result, board } = resultOn('we-be-class', undefined, ({ cpu: { clock } }) => {
      clock.usedMhz = { ...clock.usedMhz, value: 64, low: 38.4, high: 64 };
    });
    const why = whyOf(result, board, ['ppg']);
    // Clock 38.4 to 64 MHz, cycles 0.8 to 1.6.
    const [clock, model] = [Math.log(64 / 38.4), Math.log(1.6 / 0.8)];
    expect(why.latencyMs.map(({ input }) => input)).toEqual([
      expect.stringMatching(/^cycle model/),
      'cpu.clock.usedMhz',
    ]);
    expect(why.latencyMs[0]!.share).toBeCloseTo(model / (model + clock), 9);
    expect(why.latencyMs[1]!.share).toBeCloseTo(clock / (model + clock), 9);
  });

  it('names the fixed part of the We-Be class board first, and says what the band would be', () => {
    const { result, board } = resultOn('we-be-class');
    const [first] = whyOf(result, board, ['ppg']).averageMw;
    expect(first).toMatchObject({ input: 'baseline.mw', kind: 'model', known: '36.4 mW [15.9..64.8]' });
    expect(first!.measure).toMatch(/boards fit/);
    const { low, high } = result.power.averageMw;
    // The baseline adds straight to the power: freezing it takes its range off both ends.
    expect(first!.narrowsTo.low).toBeCloseTo(low + (36.35 - 15.9), 6);
    expect(first!.narrowsTo.high).toBeCloseTo(high - (64.8 - 36.35), 6);
  });

  it('ranks the unknown front end of a stand-in by its law', () => {
    const { result, board } = resultOn('moto-360-sport');
    const inputs = whyOf(result, board, ['ppg']).averageMw.map(({ input }) => input);
    expect(inputs).toContain('law of part generic-ppg');
    expect(inputs[0]).toBe('baseline.mw');
  });

  it('puts the battery beside the power in battery life', () => {
    const { result, board } = resultOn('we-be-class');
    const why = whyOf(result, board, ['ppg']);
    expect(why.batteryHours.map(({ input }) => input)).toContain('battery.capacityMah');
    for (const causes of Object.values(why)) {
      const shares = causes.map(({ share }: Cause) => share);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
      for (const { share, narrowsTo, measure } of causes) {
        expect(share).toBeGreaterThan(0);
        expect(narrowsTo.low).toBeLessThanOrEqual(narrowsTo.high);
        expect(measure).not.toBe('');
      }
    }
  });

  it('leaves no band when every cause is taken away', () => {
    const { result, board } = resultOn('we-be-class', stage(10e6, 10e6, 10e6));
    let exactBoard = board;
    for (let round = 0; round < 40; round++) {
      const next = whyOf(result, exactBoard, ['ppg']).batteryHours.find(({ input }) => !/ /.test(input));
      if (!next) break;
      const path = next.input.split('.');
      exactBoard = taken(exactBoard, path);
    }
    expect(whyOf(result, exactBoard, ['ppg']).batteryHours).toEqual([]);
  });

  it('knows a way to measure every ranged number of the boards that come with Escapement', () => {
    for (const field of [
      'baseline.mw',
      'rails.vdd.efficiency',
      'sensors.ppg.likeness',
      'battery.volts',
      'cpu.wakeUj',
    ])
      expect(howToMeasure(field)).not.toBe(howToMeasure('nothing.known'));
  });
});
