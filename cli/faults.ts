import type { Board } from '../boards/board.ts';
import { filterMemorySeconds } from '../generator/pipeline/filter-memory.ts';
import type { LoadedPipeline } from '../generator/pipeline/load.ts';
import { loadFaults } from '../sim/faults/load.ts';
import { runFaults, type FaultReport } from '../sim/faults/run-faults.ts';
import type { SimulationResult } from '../sim/result.ts';
import { framesOf, type ReadyKernel } from './workbench.ts';

/** Runs a kernel with the faults of a file, on the pipeline's first recording. Throws ESC410, ESC424, ESC425. */
export function faultsOn(
  path: string,
  loaded: LoadedPipeline,
  { built: { wasm, manifest } }: ReadyKernel,
  board: Board,
  result: SimulationResult,
): FaultReport {
  const file = loadFaults(path, manifest);
  const { rateHz } = manifest;
  return runFaults({
    wasm,
    manifest,
    frames: framesOf(loaded, rateHz),
    board,
    result,
    file,
    filterMemorySeconds: filterMemorySeconds(loaded.pipeline, rateHz),
  });
}
