/** The module side of the simulator: decode, analyse, instrument, run, count. */
export { analyse, type FunctionAnalysis, type ModuleAnalysis } from './analysis.ts';
export { isOperator, type BasicBlock, type Edge, type Loop } from './blocks.ts';
export {
  countMisses,
  type CacheGeometry,
  type CacheLevel,
  type CacheMisses,
  type MissCounting,
} from './count-misses.ts';
export { placesEnough, type EndTable } from './block-ends.ts';
export { countScans, openScanMeter, repeatedScans, type Scan } from './count-scans.ts';
export type { PlacedAccesses } from './placed-accesses.ts';
export { decode } from './decode.ts';
export { instrument, type Instrumented } from './instrument.ts';
export {
  addCounts,
  measure,
  openMeter,
  operatorCounts,
  operatorsByFunction,
  subtract,
  type BlockCounts,
  type Meter,
} from './measure.ts';
export type { Choice } from './choices.ts';
export { isWideDivision, type Division, type DivisionCounter } from './divisions.ts';
export { countsAt, type Site } from './operand-counters.ts';
export { transferSites, type Transfer } from './transfers.ts';
export type { WasmFunction, WasmModule } from './module.ts';
