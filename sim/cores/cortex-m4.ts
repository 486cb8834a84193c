/** Cortex-M4, ARM DDI 0439D (r0p1 TRM), tables 3-1 and 3-2. */
import type { Core } from './core.ts';

export const cortexM4: Core = { id: 'cortex-m4', name: 'Arm Cortex-M4' };
