import type { Core } from '../cores/index.ts';

/** A jump to where nothing was fetched yet, or what a taken branch costs more than one that stands beside another instruction. */
export function refill({ timing }: Core): number {
  if (timing.kind === 'dual-issue') return timing.mispredict.value;
  if (timing.secondStage) return timing.secondStage.taken.value;
  return timing.branchRefill.high ?? timing.branchRefill.value;
}
