/** What a bundle repeats of a simulation of its kernel: latency, cycles, flash, stack and charge, each with its band. */
import { band } from '../../../boards/band.ts';
import type { Board } from '../../../boards/board.ts';
import { blend, divide, scale, type Estimate } from '../../../common/estimate.ts';
import type { Predictions } from '../../../generator/firmware/bundle-input.ts';
import type { KernelProfile } from '../../../sim/profile.ts';
import { totalBytes } from '../../../sim/memory/item.ts';
import type { SimulationResult } from '../../../sim/result.ts';
import { compiledStackBytes } from '../../../sim/timing/stack-depth.ts';
import { addCounts } from '../../../sim/wasm/index.ts';

/** A kernel's code between two runtimes of the simulator; `share` 0 is `result` alone. */
export interface Mixture {
  result: SimulationResult;
  /** The same with a bounds check at every access. */
  checked: SimulationResult;
  /** Executed share of the accesses that keep theirs. */
  share: number;
}

export function predictionsOf(
  { result, checked, share }: Mixture,
  profile: KernelProfile,
  board: Board,
): Predictions {
  const volts = band(board.battery.volts);
  const mix = (figure: (r: SimulationResult) => Estimate) => blend(figure(result), figure(checked), share);
  const averageMw = mix((r) => r.power.averageMw);
  const averageMa = divide(averageMw, volts);
  const stack = stackOf(result.runtime, profile);
  const checkedStack = stackOf(checked.runtime, profile);
  return {
    board: result.board,
    runtime: result.runtime,
    ...(checked === result ? {} : { checkedShare: share }),
    latencyMs: mix((r) => r.latencyMs),
    cycles: mix((r) => r.cycles),
    averageMw,
    averageMa,
    chargePerDayMah: scale(averageMa, 24),
    // mW over the hop in s is mJ, over V is mC, and 3.6 mC are one uAh.
    chargePerDecisionUah: scale(divide(mix(inferenceMw), volts), result.hopSeconds / 3.6),
    batteryHours: mix((r) => r.battery.hours),
    flashBytes: mix((r) => totalBytes(r.memory.items, 'flash')),
    stackBytes: stack && checkedStack && blend(stack, checkedStack, share),
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
  if (!runtime.startsWith('wasm2c')) return null;
  const counts = addCounts(stages.map((s) => s.counts));
  const kernel = compiledStackBytes(analysis, counts, 'infer', runtime === 'wasm2c');
  if (kernel === undefined) return null;
  const value = kernel + HOST_CODE_STACK_BYTES;
  return { value, low: value * 0.75, high: value * 1.5 };
}
