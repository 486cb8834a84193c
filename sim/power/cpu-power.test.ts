import { describe, expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { cpuPower, voltsAt, wakeEnergyUj } from './cpu-power.ts';

describe('wake-ups', () => {
  it('cost their energy each, and together never more than one busy core', () => {
    const board = loadBoard('moto-360-1st-gen');
    expect(wakeEnergyUj(board, 1).value).toBe(1500);
    // 512 wake-ups a second of 1.5 mJ would be 768 mW; the core draws 338.
    expect(wakeEnergyUj(board, 512).value * 512 * 1e-3).toBeCloseTo(cpuPower(board).activeMw.value, 9);
    expect(wakeEnergyUj(board, 0).value).toBe(1500);
  });
});

describe('power of a busy core', () => {
  it('is 9.9 mW on the nRF52840 at 64 MHz: 155 pJ a cycle', () => {
    const power = cpuPower(loadBoard('we-be-class'));
    expect(power.activeMw.value).toBeCloseTo(9.9, 9);
    expect(power.microjoulesPerMegacycle.value).toBeCloseTo(154.7, 1);
    // Published ends: 2.8 mA from RAM, 6.3 mA with the LDO.
    expect(power.activeMw.low).toBeCloseTo(8.4, 9);
    expect(power.activeMw.high).toBeCloseTo(18.9, 9);
  });

  it('is 90 uW/MHz/V^2 at 1200 MHz and 1.2125 V on a Cortex-A7: 159 mW, 132 pJ a cycle', () => {
    const power = cpuPower(loadBoard('samsung-gear-live'));
    expect(power.activeMw.value).toBeCloseTo(158.8, 1);
    expect(power.microjoulesPerMegacycle.value).toBeCloseTo(132.3, 1);
    expect(power.kind).toBe('model');
  });

  it('draws straight lines between operating points and stays level beyond them', () => {
    const { active } = loadBoard('sony-smartwatch-3').cpu;
    if (active.law !== 'dynamic-coefficient') throw new Error('wrong law');
    expect(voltsAt(active, 750).value).toBeCloseTo(1.0, 9);
    expect(voltsAt(active, 100).value).toBe(0.975);
    expect(voltsAt(active, 2000).value).toBe(1.275);
  });
});
