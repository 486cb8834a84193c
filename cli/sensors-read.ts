import type { SensorName } from '../boards/board.ts';
import type { KernelManifest } from '../kernel/manifest.ts';

/** Sensors that a kernel's channels come from, each once. */
export const sensorsRead = ({ channels }: KernelManifest): SensorName[] =>
  [...new Set(channels.map(({ sensor }) => sensor))] as SensorName[];
