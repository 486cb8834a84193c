/**
 * How often a `select` takes its first value, where compiled code may branch (thread-choices.ts): behind a comparison that can be one of the two of a clamp, or an equality, and before
 * a branch. What counts stands right before the instruction and adds to a local where it is in a loop, as for blocks.
 */
import type { ModuleAnalysis } from './analysis.ts';
import type { Instruction } from './module.ts';
import { sitesOf, type Counted, type Site } from './operand-counters.ts';

/** Of a site: runs that took the first value. */
export const choiceCounters = ['first'] as const;

export type Choice = Counted<Site, (typeof choiceCounters)[number]>;

export const choiceSites = (analysis: ModuleAnalysis): Site[] =>
  sitesOf(analysis, ({ name }) => name === 'select').filter(({ f, at }) => {
    const { body } = analysis.functions[f]!.wasm;
    return (
      /^i32\.(eqz?|ne|[lg][te]_s)$/.test(body[at - 1]!.name) ||
      /^(if|br_if|i32\.eqz)$/.test(body[at + 1]!.name)
    );
  });

const comparison = /^([if](32|64)\.(eqz?|ne|[lg][te](_[su])?))$/;

/** 0 or 1 (i64) from a copy of the condition on the stack, which stays; `before` is the instruction that left it, `spare` an i32 local. */
export function chosen(before: Instruction | undefined, spare: number[]): number[] {
  const truth = before && comparison.test(before.name) ? [] : [0x41, 0, 0x47]; // != 0
  return [0x22, ...spare, 0x20, ...spare, ...truth, 0xad]; // local.tee, local.get, i64.extend_i32_u
}
