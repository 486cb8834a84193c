/** What a core's data file says. */
import type { Sourced } from '../../common/sourced.ts';

export const coreIds = ['cortex-m4', 'cortex-m33', 'cortex-a7', 'cortex-a8'] as const;
export type CoreId = (typeof coreIds)[number];

export interface Core {
  id: CoreId;
  name: string;
  /**
   * A core without an instruction timing of its own borrows another core's cycles times a factor; the factor's range
   * is the band.
   */
  borrows?: { core: CoreId; factor: Sourced<'ratio'> };
}
