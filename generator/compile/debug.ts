/**
 * A debug build: the same kernel with a counter a stage of how often a value had to be clamped to 16 bits.
 *
 * Kernels have no mutable globals, so the counter in use is found through memory. Each stage says first which one is its
 * own; `saturate16` counts there:
 *
 *     debug_counter       i32      address of the running stage's counter
 *     debug_saturations   i32[n]   one a stage, in the order of the manifest's stages; reset() clears them
 *
 * All other bits are those of the flashable kernel; time and size are not.
 */
import type { Block, Program } from '../emit/program.ts';
import type { MemoryPlan } from '../layout/plan.ts';

export const COUNTER_BLOCK = 'debug_counter';
export const SATURATIONS_BLOCK = 'debug_saturations';

/** The program with counters. */
export function withCounters(program: Program): Program {
  const block = (name: string, length: number, note: string): Block => ({
    name,
    type: 'i32',
    length,
    kind: 'state',
    note,
  });
  return {
    ...program,
    blocks: [
      ...program.blocks,
      block(COUNTER_BLOCK, 1, 'address of the counter of the running stage'),
      block(SATURATIONS_BLOCK, program.stages.length, 'values clamped to 16 bits, by stage'),
    ],
    stages: program.stages.map((stage, index) => ({
      ...stage,
      blocks: [...stage.blocks, COUNTER_BLOCK, SATURATIONS_BLOCK],
      body: [`store<i32>($${COUNTER_BLOCK}, <i32>$${SATURATIONS_BLOCK} + ${4 * index});`, ...stage.body],
    })),
  };
}

const CLAMP = 'return x < -32768 ? -32768 : x > 32767 ? 32767 : x;';

/** The library file `assembly/fixed.ts` with a `saturate16` that counts. */
export function countingLibrary(fixed: string, plan: MemoryPlan): string {
  if (fixed.split(CLAMP).length !== 2)
    throw new Error('assembly/fixed.ts has no saturate16 that counters fit in');
  const cell = plan.placements.get(COUNTER_BLOCK)!.address;
  return fixed.replace(
    CLAMP,
    [
      'if (x >= -32768 && x <= 32767) return x;',
      `const counter: usize = load<u32>(${cell});`,
      'store<i32>(counter, load<i32>(counter) + 1);',
      'return x < 0 ? -32768 : 32767;',
    ].join('\n  '),
  );
}
