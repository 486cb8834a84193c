/**
 * What floating-point instructions take, by the unit that a core has, and calls in their place. The instructions are those of lower/float*.ts.
 *
 * - `single` (Cortex-M4F, M33): ARM DDI 0439D, table 7-1, and its notes as GCC's config/arm/cortex-m4-fpu.md has them: one cycle more where the next instruction consumes a
 *   result, but not as an addend, and quotients that the core does not wait for.
 * - `double` (Cortex-A7, VFPv4): latencies and pipelines of GCC's config/arm/cortex-a7.md.
 * - `vfplite` (Cortex-A8): ARM DDI 0344, chapter 16, the upper of two figures; the unit has no pipeline.
 */
import type { FloatUnit } from '../../cores/core.ts';
import { isDoubleOperator } from './float-operators.ts';
import type { Machine } from './machine.ts';

export interface FloatTiming {
  /** Cycles until the result is there. */
  latency: number;
  /** Cycles until the next instruction can begin. */
  busy: number;
  /** A pipeline that others wait for, and how long. */
  pipe?: 'multiply' | 'divide';
  keeps?: number;
}

/** A sum with a product. */
export const accumulates = (text: string): boolean => /^vfn?m[as]/.test(text);
/** Results that the Cortex-M4 has a cycle later for an instruction right behind. */
export const computes = (text: string): boolean => /^v(add|sub|mul|neg|abs|fn?m[as]|cvt)/.test(text);
const divides = (text: string): boolean => /^v(div|sqrt)/.test(text);

export function floatTiming({ text }: Machine, unit: FloatUnit): FloatTiming {
  if (unit === 'single') return singleTiming(text);
  return unit === 'double' ? doubleTiming(text) : plainTiming(text);
}

/** GCC's descriptions: of a Cortex-M4 (cortex-m4-fpu.md) other figures than the manual's; of the others those above. */
export function scheduledLatency(m: Machine, unit: FloatUnit): number {
  if (unit !== 'single') return floatTiming(m, unit).latency;
  if (divides(m.text)) return 15;
  if (accumulates(m.text)) return 4;
  return /^v(add|sub|mul|cvt)|^vmov.*[,]r|^vmov r/.test(m.text) ? 2 : 1;
}

function singleTiming(text: string): FloatTiming {
  if (divides(text)) return { latency: 14, busy: 1, pipe: 'divide', keeps: 14 };
  const busy = accumulates(text) ? 3 : /r,r/.test(text) ? 2 : 1;
  return { latency: busy + (computes(text) ? 1 : 0), busy };
}

function doubleTiming(text: string): FloatTiming {
  const wide = text.endsWith('f64');
  const multiplies = (latency: number, keeps: number): FloatTiming => ({
    latency,
    busy: 1,
    pipe: 'multiply',
    keeps,
  });
  if (divides(text)) return { latency: wide ? 31 : 16, busy: 1, pipe: 'divide', keeps: wide ? 29 : 14 };
  if (accumulates(text)) return multiplies(8, wide ? 5 : 1);
  if (text.startsWith('vmul')) return wide ? multiplies(7, 4) : multiplies(4, 1);
  if (text.startsWith('vmov r')) return { latency: 2, busy: 1 };
  return { latency: text === 'vmov #' ? 3 : 4, busy: 1 };
}

function plainTiming(text: string): FloatTiming {
  const wide = text.endsWith('f64');
  const all = (latency: number): FloatTiming => ({ latency, busy: latency });
  if (text.startsWith('vdiv')) return all(wide ? 65 : 37);
  if (text.startsWith('vsqrt')) return all(wide ? 66 : 38);
  if (text.startsWith('vmul')) return all(wide ? 17 : 12);
  if (/^v(add|sub)/.test(text)) return all(10);
  return all(text.startsWith('vmov') ? 1 : 7);
}

/** Whether an instruction waits for the unit's pipeline of quotients. */
export const usesUnit = (m: Machine): boolean => m.kind === 'vfp' || m.text.startsWith('vldr');

/**
 * Calls for doubles on a unit for single precision: loops of one operator each over random numbers of like size, through wasm2c, gcc 12.2 `-mfpu=fpv4-sp-d16
 * -mfloat-abi=hard` and newlib's library, traced and timed as the reference is (test/reference/tools), less the loop. All take more or less with their operands.
 */
const calls: readonly (readonly [RegExp, number])[] = [
  [/\.(add|sub)$/, 83],
  [/\.mul$/, 62],
  [/\.div$/, 613],
  [/\.sqrt$/, 626],
  [/\.(eq|ne|lt|gt|le|ge)$/, 54],
  [/\.(floor|ceil|trunc|nearest)$/, 178],
  [/\.(min|max)$/, 230],
  [/\.convert_i32/, 46],
  [/\.convert_i64/, 44],
  [/\.trunc_/, 205],
  [/\.promote/, 19],
  [/\.demote/, 45],
];

export const isSoftCall = (name: string): boolean =>
  isDoubleOperator(name) && calls.some(([is]) => is.test(name));

export const softCycles = (name: string): number => calls.find(([is]) => is.test(name))![1];
