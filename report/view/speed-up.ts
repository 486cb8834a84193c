/** A variant with parallel branches beside the others of its system, board by board, with one runtime and rate. */
import type { SystemReport, VariantReport } from '../run-report.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { isParallel } from './choice.ts';
import { claimsOf, type SpeedUpClaim } from './claims.ts';
import { boardsOf, resultAt } from './select.ts';

export interface SpeedUp {
  parallel: VariantReport;
  others: VariantReport[];
  rows: SpeedUpRow[];
  /** By variant id, as far as the paper speaks of it. */
  claims: ReadonlyMap<string, SpeedUpClaim>;
  source: string | undefined;
}

export interface SpeedUpRow {
  board: string;
  /** Cores that the parallel variant could use there. */
  coresUsed: number;
  parallel: SimulationResult;
  others: { variant: string; result: SimulationResult; /** Of kernel times. */ ratio: number }[];
}

/** Time of the network itself: wake-up and clock ramp are the watch's, and the same for all of them. */
export const kernelMs = ({ latencyParts }: SimulationResult): number =>
  latencyParts
    .filter(({ name }) => name === 'kernel' || name === 'contention')
    .reduce((sum, { ms }) => sum + ms, 0);

/** Undefined when no variant has parallel branches or there is nothing to compare it with. */
export function speedUp(system: SystemReport, runtime: string, rateHz: number): SpeedUp | undefined {
  const parallel = system.variants.find(isParallel);
  const others = system.variants.filter((variant) => variant !== parallel);
  if (!parallel || others.length === 0) return undefined;
  const rows = boardsOf(parallel).flatMap((board): SpeedUpRow[] => {
    const fast = resultAt(parallel, { board, runtime, rateHz });
    if (!fast) return [];
    const slow = others.flatMap((variant) => {
      const result = resultAt(variant, { board, runtime, rateHz });
      return result ? [{ variant: variant.id, result, ratio: kernelMs(result) / kernelMs(fast) }] : [];
    });
    return [{ board, coresUsed: fast.coresUsed, parallel: fast, others: slow }];
  });
  const claims = claimsOf(system.name);
  return {
    parallel,
    others,
    rows,
    claims: new Map((claims?.speedUps ?? []).map((claim) => [claim.against, claim])),
    source: claims?.speedUps.length ? claims.source : undefined,
  };
}
