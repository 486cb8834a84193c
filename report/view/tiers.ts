/**
 * What a reader must know of a runtime to choose one: whether it interprets, and whether a stray address is caught.
 * Only the wording of reports depends on this; timing data of runtimes lives in `sim/runtimes`.
 */
export interface Tier {
  interpreter: boolean;
  boundsChecks: boolean;
}

const TIERS: ReadonlyMap<string, Tier> = new Map(
  Object.entries({
    wasm3: { interpreter: true, boundsChecks: true },
    'wamr-classic': { interpreter: true, boundsChecks: true },
    'wamr-fast': { interpreter: true, boundsChecks: true },
    wasm2c: { interpreter: false, boundsChecks: true },
    'wasm2c-unchecked': { interpreter: false, boundsChecks: false },
    'wamr-aot': { interpreter: false, boundsChecks: true },
  }),
);

/** A runtime that is not in the list counts as compiled with bounds checks: nothing is said about it. */
export const tierOf = (runtime: string): Tier =>
  TIERS.get(runtime) ?? { interpreter: false, boundsChecks: true };
