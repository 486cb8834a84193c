/** What a bundle repeats of a simulation of its kernel: latency, cycles, flash, stack and charge, each with its band. */
import { band } from '../../../boards/band.ts';
import type { Board } from '../../../boards/board.ts';
import { divide, scale, type Estimate } from '../../../common/estimate.ts';
import type { Predictions } from '../../../generator/firmware/bundle-input.ts';
import type { KernelProfile } from '../../../sim/profile.ts';
import { totalBytes } from '../../../sim/memory/item.ts';
import type { SimulationResult } from '../../../sim/result.ts';
import { compiledStackBytes } from '../../../sim/timing/stack-depth.ts';
import { addCounts } from '../../../sim/wasm/index.ts';

/** @param checkedShare Of the executed accesses of compiled code, those that keep a bounds check. */
export function predictionsOf(
  result: SimulationResult,
  profile: KernelProfile,
  board: Board,
  checkedShare?: number,
): Predictions {
  const volts = band(board.battery.volts);
  const { averageMw } = result.power;
  const averageMa = divide(averageMw, volts);
  return {
    board: result.board,
    runtime: result.runtime,
    ...(checkedShare === undefined ? {} : { checkedShare }),
    latencyMs: result.latencyMs,
    cycles: result.cycles,
    averageMw,
    averageMa,
    chargePerDayMah: scale(averageMa, 24),
    // mW over the hop in s is mJ, over V is mC, and 3.6 mC are one uAh.
    chargePerDecisionUah: scale(divide(inferenceMw(result), volts), result.hopSeconds / 3.6),
    batteryHours: result.battery.hours,
    flashBytes: totalBytes(result.memory.items, 'flash'),
    stackBytes: stackOf(result.runtime, profile),
    notes: result.notes,
  };
}

function inferenceMw({ power }: SimulationResult): Estimate {
  const part = power.parts.find(({ name }) => name === 'cpu inference');
  return part ? { value: part.mw, low: part.low, high: part.high } : { value: 0, low: 0, high: 0 };
}

/** Host code above the kernel: 64 to 160 bytes over the kernels of test/firmware, gcc 12 -O2 on the M4. */
const HOST_CODE_STACK_BYTES = 128;

function stackOf(runtime: string, { analysis, stages }: KernelProfile): Estimate | null {
  if (runtime !== 'wasm2c-firmware') return null;
  const counts = addCounts(stages.map((s) => s.counts));
  const kernel = compiledStackBytes(analysis, counts, 'infer', false, true);
  if (kernel === undefined) return null;
  const value = kernel + HOST_CODE_STACK_BYTES;
  return { value, low: value * 0.75, high: value * 1.5 };
}
