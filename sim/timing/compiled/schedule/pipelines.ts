/** The description that a core's instructions are ordered by. */
import { CortexA7 } from './cores/cortex-a7.ts';
import { CortexA8 } from './cores/cortex-a8.ts';
import { CortexM4 } from './cores/cortex-m4.ts';
import { Plain } from './cores/plain.ts';
import type { Latencies, Pipeline } from './pipeline.ts';

const descriptions = {
  'cortex-m4': CortexM4,
  'cortex-a7': CortexA7,
  'cortex-a8': CortexA8,
  plain: Plain,
} as const;

export function pipelineFor(t: Latencies): Pipeline {
  return new descriptions[t.description](t);
}
