/** Registry of cores. */
import { simRefusals } from '../../common/refusals/index.ts';
import { coreIds, type Core, type CoreId } from './core.ts';
import { cortexA7 } from './cortex-a7.ts';
import { cortexA8 } from './cortex-a8.ts';
import { cortexM33 } from './cortex-m33.ts';
import { cortexM4 } from './cortex-m4.ts';

export { coreIds, type Core, type CoreId } from './core.ts';

export const cores: Record<CoreId, Core> = {
  'cortex-m4': cortexM4,
  'cortex-m33': cortexM33,
  'cortex-a7': cortexA7,
  'cortex-a8': cortexA8,
};

/** Refuses an unknown id with ESC509. */
export function findCore(id: string): Core {
  const core = cores[id as CoreId];
  if (core === undefined) throw simRefusals.unknownCore(id, [...coreIds]);
  return core;
}
