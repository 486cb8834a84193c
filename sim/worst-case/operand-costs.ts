/**
 * What one run of an instruction may take beyond what it is costed at, where its time rests on its operands and nobody counts them:
 *
 *   32-bit divisions      up to the high end that the core's data file gives (Cortex-M: 2 to 12 cycles; calls on a core without a divider);
 *                         by constants they are multiplications or shifts in compiled code
 *   double precision      calls on a unit for single precision, costed at their mean: at most twice that is assumed, as in their band
 */
import type { Core } from '../cores/index.ts';
import { isSoftCall, softCycles } from '../timing/compiled/float-cycles.ts';
import { isDivision } from '../timing/division-range.ts';
import type { Instruction } from '../wasm/module.ts';

export function longerByOperands(
  body: readonly Instruction[],
  at: number,
  core: Core,
  isCompiled: boolean,
): number {
  const { name } = body[at]!;
  if (isDivision(body, at, isCompiled)) return longerDivision(name.slice(4) as DivisionName, core);
  return core.timing.floats === 'single' && isSoftCall(name) ? softCycles(name) : 0;
}

type DivisionName = keyof NonNullable<Core['divisionCalls']>;

function longerDivision(name: DivisionName, { timing, divisionCalls }: Core): number {
  const divide =
    divisionCalls?.[name] ?? (timing.kind === 'single-issue' ? timing.divide : timing.divideLatency);
  return (divide.high ?? divide.value) - divide.value;
}
