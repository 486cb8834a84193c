/** What claims are checked with: simulations of the shipped examples, each made once. */
import { existsSync } from 'node:fs';
import { loadBoard } from '../../boards/load.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { pipelinePath } from '../options.ts';
import type { Progress } from '../progress.ts';
import { openPipeline, prepare, profileFor, simulateOn, type ReadyKernel } from '../workbench.ts';

export interface Simulated {
  result: SimulationResult;
  ready: ReadyKernel;
}

export interface ClaimContext {
  /** Null when no example of this name is shipped. */
  simulate(
    example: string,
    model: string | undefined,
    rateHz: number,
    board: string,
    runtime: string,
  ): Promise<Simulated | null>;
}

export function claimContext(progress: Progress): ClaimContext {
  const kernels = new Map<string, Promise<ReadyKernel>>();
  return {
    async simulate(example, model, rateHz, board, runtime) {
      const path = pipelinePath(example);
      if (!existsSync(path)) return null;
      const loaded = openPipeline(path);
      const key = `${example}/${model ?? ''}/${rateHz}/${profileFor(runtime)}`;
      let ready = kernels.get(key);
      if (!ready) {
        progress.step(`${example}${model ? `/${model}` : ''} at ${rateHz} Hz`);
        ready = prepare(loaded, chooseModel(loaded.pipeline, { model, rateHz }), {
          runtimes: [runtime],
          verify: false,
        });
        kernels.set(key, ready);
      }
      return { result: simulateOn(loaded, await ready, loadBoard(board), runtime), ready: await ready };
    },
  };
}
