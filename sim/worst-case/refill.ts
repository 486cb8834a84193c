import type { Core } from '../cores/index.ts';

/** A jump to where nothing was fetched yet. */
export const refill = ({ timing }: Core): number =>
  timing.kind === 'single-issue'
    ? (timing.branchRefill.high ?? timing.branchRefill.value)
    : timing.mispredict.value;
