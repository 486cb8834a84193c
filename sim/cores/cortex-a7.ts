/** Cortex-A7: measured latencies (hardwarebug.org, 2014) and pairing rules of GCC's cortex-a7.md. */
import type { Core } from './core.ts';

export const cortexA7: Core = { id: 'cortex-a7', name: 'Arm Cortex-A7' };
