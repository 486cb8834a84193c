/** Nordic nRF52840: Cortex-M4F at 64 MHz, 1 MB flash, 256 KB RAM. Product Specification, quoted by two independent repositories. */
import type { CpuPart } from '../fragment.ts';

const sheet = 'nRF52840 Product Specification, quoted by two independent repositories';

export const nrf52840: CpuPart = {
  id: 'nrf52840',
  title: 'nRF52840',
  datasheet: sheet,
  fields: {
    chip: 'nRF52840',
    core: 'cortex-m4',
    cores: { value: 1, unit: '1', kind: 'datasheet', source: sheet },
    clock: {
      maxMhz: { value: 64, unit: 'MHz', kind: 'datasheet', source: sheet },
      usedMhz: {
        value: 64,
        unit: 'MHz',
        kind: 'datasheet',
        source: `${sheet}: the CPU runs at 64 MHz only`,
      },
    },
    active: {
      law: 'supply-current',
      currentMa: {
        value: 3.3,
        unit: 'mA',
        kind: 'datasheet',
        source: `${sheet}: CoreMark from flash with cache, DC/DC, 3 V (ICPU0); low end from RAM (ICPU2), high end with the LDO`,
        low: 2.8,
        high: 6.3,
      },
      volts: { value: 3, unit: 'V', kind: 'datasheet', source: `${sheet}: test condition` },
      atMhz: { value: 64, unit: 'MHz', kind: 'datasheet', source: `${sheet}: test condition` },
    },
    sleepMw: {
      value: 0.00948,
      unit: 'mW',
      kind: 'datasheet',
      source: `${sheet}: System ON, wake on RTC, full 256 KB RAM, 3.16 uA at 3 V; high end: 21.5 uA measured on a XIAO nRF52840 with its external flash awake`,
      low: 0.0045,
      high: 0.0645,
    },
    flashSlowdown: {
      value: 1.03,
      unit: '1',
      kind: 'model',
      source:
        'CoreMark/MHz 3.40 (Cortex-M4, NXP AN12284) over 3.31 (nRF52840, 212 at 64 MHz, repository table), with the instruction cache on; high end: cache off, as it is after reset (NVMC ICACHECNF): "up to 20 %" (Zephyr pull request 7970), 1574 against 1305 ticks (ariel-os pull request 1163). Wait states, size and lines of the cache not found',
      low: 1,
      high: 1.2,
    },
  },
};
