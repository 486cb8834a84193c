import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { batteryLife } from './battery-life.ts';

describe('battery life', () => {
  it('is capacity x age x voltage x usable fraction over power: 300 mAh at 3.8 V, 90 %, 30 mW', () => {
    const life = batteryLife(loadBoard('samsung-gear-live'), 30);
    expect(life.capacityMwh).toBeCloseTo(1140, 9);
    expect(life.hours.value).toBeCloseTo(34.2, 9);
    expect(life.hours.low).toBeCloseTo((1140 * 0.8 * 0.8) / 30, 9);
    expect(life.hours.high).toBeCloseTo(1140 / 30, 9);
  });

  it('ends at the extremes of power and battery', () => {
    const board = loadBoard('we-be-class');
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (mw, below, above) => {
          const low = mw * (1 - 0.9 * below);
          const { hours } = batteryLife(board, { value: mw, low, high: mw * (1 + above) });
          expect(hours.low).toBeLessThanOrEqual(hours.value);
          expect(hours.value).toBeLessThanOrEqual(hours.high);
          expect(hours.high).toBeCloseTo((300 * 3.85) / low, 6);
        },
      ),
    );
  });
});
