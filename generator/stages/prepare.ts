/** What both ways of making the model's input from the window share. */
import type { IntegerMemory } from '../emit/program.ts';
import { status } from '../../kernel/manifest.ts';
import { names, windowState } from './part.ts';

export interface PrepareOptions {
  channels: number;
  steps: number;
  /** Block that the model reads: i16 [steps][channels]. */
  output: string;
  /** Real value of one step of the output. */
  outputScale: number;
  /** Real value of one step of the window, by channel, after all scaling before normalisation. */
  windowScales: readonly number[];
  /** Largest magnitude in the window. */
  windowLimit: number;
}

/** Twin of `markPrepared` in assembly/window.ts. */
export function markPrepared(memory: IntegerMemory): void {
  const state = memory.i32(names.windowState);
  state[windowState.stale] = state[windowState.full] ? 0 : status.windowNotReady;
}

/** One channel of the ring, oldest frame first. */
export function channelOf(
  memory: IntegerMemory,
  c: number,
  { channels, steps }: Pick<PrepareOptions, 'channels' | 'steps'>,
): number[] {
  const window = memory.i32(names.window);
  const slot = memory.i32(names.windowState)[windowState.slot];
  return Array.from({ length: steps }, (_, i) => window[((slot + i) % steps) * channels + c]);
}

/** Body lines: one call a channel with the ring, the output and what stands between them. */
export function prepareBody(
  call: string,
  { channels, steps, output }: PrepareOptions,
  parameters: (channel: number) => string,
): string[] {
  return [
    `markPrepared($${names.windowState});`,
    `const slot = load<i32>($${names.windowState});`,
    ...Array.from(
      { length: channels },
      (_, c) =>
        `${call}($${names.window} + ${c * 4}, slot, ${steps}, ${channels * 4}, ${parameters(c)}, $${output} + ${c * 2}, ${channels * 2});`,
    ),
  ];
}
