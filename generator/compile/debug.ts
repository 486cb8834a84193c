/**
 * A debug build: the same kernel with a counter a stage of how often a value had to be clamped to 16 bits, or to 8.
 *
 * Kernels have no mutable globals, so the counter in use is found through memory. Each stage says first which one is its
 * own; `saturate16` and `saturate8` count there:
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

/** What clamps, and to which values. */
const CLAMPS = [
  { name: 'saturate16', low: -32768, high: 32767 },
  { name: 'saturate8', low: -128, high: 127 },
];

/** The library file `assembly/fixed.ts` with a `saturate16` and a `saturate8` that count. */
export function countingLibrary(fixed: string, plan: MemoryPlan): string {
  return CLAMPS.reduce((text, { name, low, high }) => {
    const clamp = `return x < ${low} ? ${low} : x > ${high} ? ${high} : x;`;
    if (text.split(clamp).length !== 2)
      throw new Error(`assembly/fixed.ts has no ${name} that counters fit in`);
    return text.replace(
      clamp,
      [
        `if (x >= ${low} && x <= ${high}) return x;`,
        `const counter: usize = load<u32>(${plan.placements.get(COUNTER_BLOCK)!.address});`,
        'store<i32>(counter, load<i32>(counter) + 1);',
        `return x < 0 ? ${low} : ${high};`,
      ].join('\n  '),
    );
  }, fixed);
}
