/** The JSON of `escapement time --json`; its schema is generated into `schemas/time.schema.json`. */
import type { Estimate } from '../../common/estimate.ts';
import type { ModuleTiming } from '../../sim/time-module.ts';

export interface TimeResult extends ModuleTiming {
  board: string;
  runtime: string;
  entry: string;
  /** The cycles on the board's clock, with wait states of flash and waiting for data. */
  latencyMs: Estimate;
  /** Waiting for data from cold caches; only on boards with caches. */
  dataStallCycles?: Estimate;
}
