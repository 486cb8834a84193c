/**
 * A Cortex-A7 of the time of the first watches. Power: the Linux device tree of the Exynos 5422 (its `dynamic-power-
 * coefficient`), voltages: the operating points of the Exynos 5420. Another chip than those in watches: what their own
 * silicon draws was not found.
 */
import type { CpuPart } from '../fragment.ts';

const points: readonly (readonly [mhz: number, volts: number])[] = [
  [700, 0.975],
  [800, 1.025],
  [900, 1.0625],
  [1000, 1.1125],
  [1100, 1.1625],
  [1200, 1.2125],
  [1300, 1.275],
];

export const cortexA7: CpuPart = {
  id: 'cortex-a7-28nm',
  title: 'Cortex-A7, 28 nm class',
  datasheet: 'torvalds/linux exynos5422-cpus.dtsi (commit 6cc0d5f4)',
  fields: {
    core: 'cortex-a7',
    clock: {
      usedMhz: {
        value: 1200,
        unit: 'MHz',
        kind: 'assumed',
        source:
          'Taken as the maximum: the governor and thermal state of the watch are not known; low end is the slowest operating point listed',
        low: 700,
        high: 1200,
      },
    },
    governor: {
      startMhz: {
        value: 300,
        unit: 'MHz',
        kind: 'assumed',
        source:
          'slowest operating point of phones with this core; the watch itself not found. High end: another task keeps the clock up',
        low: 200,
        high: 1200,
      },
      rampMs: {
        value: 20,
        unit: 'ms',
        kind: 'assumed',
        source:
          'Linux interactive governor: Android devices of the time set its timer_rate to 20000 us in their start scripts; high end: a stop at an intermediate speed first (above_hispeed_delay 19 to 59 ms). Which governor the watch has is not known',
        low: 10,
        high: 80,
      },
    },
    active: {
      law: 'dynamic-coefficient',
      coefficient: {
        value: 90,
        unit: 'uW/MHz/V^2',
        kind: 'model',
        source:
          'torvalds/linux exynos5422-cpus.dtsi (commit 6cc0d5f4): dynamic-power-coefficient of the Cortex-A7; another chip than this one, dynamic power only: the high end allows for leakage, L2 and DRAM',
        low: 70,
        high: 200,
      },
      operatingPoints: points.map(([mhz, value]) => ({
        mhz,
        volts: {
          value,
          unit: 'V' as const,
          kind: 'model' as const,
          source:
            'Operating points of the Exynos 5420 (kernel patch quoting exynos5420.dtsi); another chip than this one',
        },
      })),
    },
    wakeUj: {
      value: 1500,
      unit: 'uJ',
      kind: 'assumed',
      source:
        'About 10 ms of one busy core: interrupt, driver, scheduler and sensor service of a Linux watch; no measurement found',
      low: 300,
      high: 6000,
    },
  },
};
