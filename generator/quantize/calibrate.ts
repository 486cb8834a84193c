/** Value ranges of a network's buffers, from the float evaluation of calibration windows. */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { Network } from '../graph/network.ts';
import { evaluateNetwork } from '../layers/evaluate-network.ts';

export interface Calibration {
  /** Model inputs, [steps * features] each. */
  windows: readonly Float64Array[];
}

/** More windows than this change a range little and cost time: these many are picked, evenly spread. */
export const CALIBRATION_WINDOWS = 64;

/** Largest magnitude by buffer. */
export function calibrate(network: Network, { windows }: Calibration): Record<string, number> {
  if (windows.length === 0) throw kernelRefusals.noCalibration(network.name);
  const count = Math.min(windows.length, CALIBRATION_WINDOWS);
  const largest: Record<string, number> = {};
  for (let k = 0; k < count; k++) {
    const index = Math.floor((k * windows.length) / count);
    const values = evaluateNetwork(network, windows[index]);
    for (const [buffer, cells] of Object.entries(values)) {
      let found = largest[buffer] ?? 0;
      for (const v of cells) if (!(Math.abs(v) <= found)) found = Math.abs(v);
      if (!Number.isFinite(found)) throw kernelRefusals.notFinite(network.name, buffer, index);
      largest[buffer] = found;
    }
  }
  if (largest[network.input] === 0) throw kernelRefusals.noCalibration(network.name);
  return largest;
}
