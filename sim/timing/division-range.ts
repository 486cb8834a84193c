/** Divisions of 32 bits by a divider that takes as long as the quotient asks for: the reference times all alike, so their range is no part of its band. */
import type { Core } from '../cores/index.ts';
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import type { Instruction } from '../wasm/module.ts';

/** Compiled code multiplies or shifts instead where the divisor is a constant. */
export const isDivision = (body: readonly Instruction[], at: number, isCompiled: boolean): boolean =>
  /^i32\.(div|rem)_[su]$/.test(body[at]!.name) && !(isCompiled && body[at - 1]?.name === 'i32.const');

export interface DivisionRange {
  /** Of all cycles, as factors. */
  low: number;
  high: number;
  note: string;
}

/** Null on a core whose divider has one figure or none, and where next to nothing is divided. */
export function divisionRange(
  { functions }: ModuleAnalysis,
  counts: BlockCounts,
  { name, timing }: Core,
  isCompiled: boolean,
  cycles: number,
): DivisionRange | null {
  if (timing.kind !== 'single-issue' || cycles === 0) return null;
  const { value, low = value, high = value, source } = timing.divide;
  let runs = 0;
  for (const [f, { wasm, blocks }] of functions.entries())
    for (const { id, first, last } of blocks)
      for (let at = first; at < last; at++)
        if (isDivision(wasm.body, at, isCompiled)) runs += counts.blocks[f]![id]!;
  // What leaves a loop runs less often.
  const share = Math.min(1, (runs * value) / cycles);
  if (share < 0.01 || low === high) return null;
  return {
    low: 1 - share * (1 - low / value),
    high: 1 + share * (high / value - 1),
    note: `Divisions are costed at ${value} cycles each: ${name} takes ${low} to ${high}, by their operands (${source}); the band holds that.`,
  };
}
