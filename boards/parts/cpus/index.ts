/** CPUs. A new one is one file beside this one and one line here. */
import type { CpuPart } from '../fragment.ts';
import { cortexA7 } from './cortex-a7-28nm.ts';
import { nrf52840 } from './nrf52840.ts';

export const cpuParts: readonly CpuPart[] = [cortexA7, nrf52840];
