/** Walks every board and every part: sources, ranges, and finite power at every rate. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { boardSensorPower, sensorPower, totalMw } from '../sim/sensors/sensor-power.ts';
import { averagePower } from '../sim/power/average-power.ts';
import { batteryLife } from '../sim/power/battery-life.ts';
import { sensorsOf, type Board } from './board.ts';
import { numberFindings } from './check/numbers.ts';
import { sourcedNumbers } from './check/sourced-walk.ts';
import { lintBoard } from './lint.ts';
import { boardIds, boardPath, listBoards } from './load.ts';
import { cellParts, cpuParts, imuParts, parts, ppgParts, radioParts, regulatorParts } from './parts/index.ts';

const rates = [20, 25, 50, 64, 100, 128, 512];
const boards = listBoards();
const ppgSettings = boards.find((board) => board.id === 'we-be-class')!.sensors.ppg!.settings;
const exact = (value: number) => ({ value, low: value, high: value });

describe.each(boards.map((board): [string, Board] => [board.id, board]))('board %s', (id, board) => {
  it('is valid JSON that points at its schema, under its own name', () => {
    const raw = JSON.parse(readFileSync(boardPath(id), 'utf8')) as { $schema: string; id: string };
    expect(raw.$schema).toBe('../schemas/board.schema.json');
    expect(raw.id).toBe(id);
  });

  it('has a source for every number and a range for every assumption', () => {
    const numbers = [...sourcedNumbers(board)];
    expect(numbers.length).toBeGreaterThan(20);
    for (const { path, number } of numbers) {
      expect(number.source.length, path.join('.')).toBeGreaterThan(7);
      if (number.kind === 'assumed') expect(number, path.join('.')).toHaveProperty('low');
    }
    // No bare number hides outside a sourced one, but for the clock of an operating point.
    const bare: string[] = [];
    const walk = (value: unknown, path: string) => {
      if (typeof value === 'number' && !/operatingPoints\.\d+\.mhz$/.test(path)) bare.push(path);
      if (typeof value !== 'object' || value === null || 'unit' in value) return;
      for (const [key, child] of Object.entries(value)) walk(child, `${path}.${key}`);
    };
    walk(board, id);
    expect(bare).toEqual([]);
  });

  it('passes the linter without errors', () => {
    expect(lintBoard(id, rates).filter((finding) => finding.severity === 'error')).toEqual([]);
  });

  it.each(rates)('draws finite, ordered power with all its sensors at %d Hz', (rateHz) => {
    const power = averagePower({
      board,
      pipelineSensors: sensorsOf(board),
      rateHz,
      samplesPerSecond: rateHz,
      wakeupsPerSecond: 1,
      cyclesPerSample: exact(1000),
      cyclesPerInference: { value: 1e7, low: 8e6, high: 2e7 },
      inferencesPerSecond: 0.5,
      radio: { bytesPerMessage: 10, messagesPerSecond: 1 },
    });
    const life = batteryLife(board, power.averageMw);
    for (const { low, value, high } of [power.averageMw, life.hours, power.sensorBandMw]) {
      expect(low).toBeGreaterThan(0);
      expect(value).toBeGreaterThanOrEqual(low);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(Number.isFinite(high)).toBe(true);
    }
    expect(power.sensorRuns.every((run) => run.meetsRate)).toBe(true);
    expect(power.missing).toEqual([]);
  });

  it('does not draw less at a higher rate', () => {
    for (const sensors of [
      ['ppg'],
      ['accelerometer'],
      ['gyroscope'],
      ['accelerometer', 'gyroscope'],
    ] as const) {
      let before = 0;
      for (const rateHz of rates) {
        const now = totalMw(boardSensorPower(board, sensors, rateHz)).value;
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
      }
    }
  });
});

describe.each(parts.map((part): [string, (typeof parts)[number]] => [part.id, part]))(
  'part %s',
  (id, part) => {
    it('has a source for every number', () => {
      expect(numberFindings({ ...part.numbers, ...part.supplies })).toEqual([]);
      expect(Object.keys(part.numbers).length).toBeGreaterThan(1);
      expect(part.datasheet).not.toBe('');
      expect(id).toMatch(/^[a-z0-9-]+$/);
    });

    it.each(rates)('draws finite power at %d Hz', (rateHz) => {
      const ppg = ppgParts.find((entry) => entry.id === id);
      const settings = { ...ppgSettings, photodiodes: { ...ppgSettings.photodiodes, value: 1 } };
      const imu = imuParts.find((entry) => entry.id === id);
      const power = ppg
        ? sensorPower(ppg, settings, rateHz)
        : sensorPower(imu!, { accelerometerMode: 'low-power' }, rateHz);
      expect(power.parts.length).toBeGreaterThan(0);
      for (const { mw, source } of power.parts) {
        expect(mw.low).toBeGreaterThan(0);
        expect(mw.high).toBeGreaterThanOrEqual(mw.low);
        expect(Number.isFinite(mw.high)).toBe(true);
        expect(source).not.toBe('');
      }
      expect(power.actualRateHz).toBeGreaterThanOrEqual(rateHz * 0.998);
      expect(power.fifoFrames.value).toBeGreaterThanOrEqual(1);
    });
  },
);

it('lists every board file once', () => {
  expect(new Set(boardIds()).size).toBe(boardIds().length);
});

const volts = (value: number) => ({
  value,
  unit: 'V' as const,
  kind: 'measured' as const,
  source: 'on the bench',
});
const ids = (known: readonly { id: string }[]) => known.map(({ id }) => id).sort();

describe('parts that give fields of a board', () => {
  const fragments = [...cpuParts, ...radioParts, ...cellParts];

  it.each(fragments.map((part) => [part.id, part] as const))(
    '%s has a source and an order for every number',
    (_id, part) => {
      expect(numberFindings(part.fields)).toEqual([]);
      expect([...sourcedNumbers(part.fields)].length).toBeGreaterThan(3);
      expect(part.datasheet).not.toBe('');
    },
  );

  it.each(regulatorParts.map((part) => [part.id, part] as const))(
    '%s loses energy and never gains any',
    (_id, part) => {
      const { low, value, high } = part.efficiency(volts(3), volts(3.7));
      expect(low).toBeGreaterThan(0);
      expect(value).toBeLessThanOrEqual(high!);
      expect(high).toBeLessThanOrEqual(1);
      if (part.id === 'linear') expect(value).toBeCloseTo(3 / 3.7, 5);
    },
  );

  it('are offered by the schema to editors, all of them', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../schemas/board.schema.json', import.meta.url), 'utf8'),
    ) as {
      definitions: { [name: string]: { properties: { [name: string]: { examples?: string[] } } } };
    };
    const offered = (definition: string, field = 'part') =>
      schema.definitions[definition]!.properties[field]!.examples;
    expect(offered('CpuFile')).toEqual(ids(cpuParts));
    expect(offered('RadioFile')).toEqual(ids(radioParts));
    expect(offered('RailFile', 'regulator')).toEqual(ids(regulatorParts));
    expect(offered('BatteryFile', 'cell')).toEqual(ids(cellParts));
    expect(offered('PpgReference')).toEqual(ids(ppgParts));
    expect(offered('ImuReference')).toEqual(ids(imuParts));
  });
});
