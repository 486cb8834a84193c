/**
 * Code that gcc expects to run less often than once in a thousand calls of its function is made small, not fast (maybe_hot_count_p, param hot-bb-frequency-fraction).
 * Behind some tens of bounds checks, each of which is taken to trap one time in ten, nothing is hot any more.
 */
import type { Edge } from './ir.ts';
import { entryCount } from './static-profile.ts';

const fraction = 1000;

export const isHot = (count: number): boolean => count * fraction >= entryCount;

/** One that nothing was guessed of is. */
export const isHotEdge = ({ count }: Edge): boolean => count === undefined || isHot(count);
