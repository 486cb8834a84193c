/**
 * Without a pool of literals, a constant of two words is two instructions before the allocator already (arm_split_constant). The second one changes a part of the register, which is the output and
 * an input of the pattern (*arm_movtas_ze): four times the cost of a value in memory.
 */
import type { Machine } from '../machine.ts';

/** Costs of memory at such a constant. */
export const costOfHalves = 5;

export const inHalves = (m: Machine, literalPool: boolean): boolean =>
  !literalPool && m.kind === 'move' && m.immediate && m.words === 2;
