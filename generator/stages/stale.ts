/** A window that was not full gives a status, never a decision. */
import { status } from '../../kernel/manifest.ts';
import type { IntegerMemory } from '../emit/program.ts';
import { names, windowState } from './part.ts';

/** First lines of every decide() and enrol(): a window that was not full gives a status, not an answer. */
export const refuseStale: readonly string[] = [
  `const stale = load<i32>($${names.windowState}, ${windowState.stale * 4});`,
  `if (stale) return stale; // ${status.windowNotReady}: prepare() ran before the window was full`,
];

/** Twin of `refuseStale`: 0 when the window was full. */
export const stale = (memory: IntegerMemory): number => memory.i32(names.windowState)[windowState.stale];
