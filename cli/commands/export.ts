/** `escapement export <pipeline>`: a folder that a firmware engineer drops into a tree. */
import { join } from 'node:path';
import { loadBoard } from '../../boards/load.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { exportBundle } from '../../generator/firmware/bundle.ts';
import type { BundleManifest } from '../../generator/firmware/files/manifest.ts';
import { pipelineVectors } from '../../generator/firmware/pipeline-vectors.ts';
import { requireRuntimeTools } from '../../generator/firmware/runtimes/index.ts';
import { firmwareRuntime, firmwareRuntimes } from '../../generator/lint/runtime.ts';
import { addCounts } from '../../sim/wasm/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { boardOption, jsonOption, modelOption, pipelineArgument, rateOption } from '../options.ts';
import { printJson } from '../print-json.ts';
import { exportText } from '../text/export-text.ts';
import { openPipeline, prepare, simulateOn } from '../workbench.ts';
import type { ExportResult } from './export/export-result.ts';
import { predictionsOf } from './export/predictions.ts';
import { simulatedAs } from './export/simulated-as.ts';
import { checkedShare } from './selftest/checked-share.ts';
import { checkFolder, writeBundle } from './export/write-bundle.ts';

interface Options {
  model?: string;
  rate?: number;
  board: string;
  runtime: string;
  out?: string;
  json?: boolean;
}

export const exportCommand: Command = {
  name: 'export',
  summary: 'write a firmware bundle: kernel, typed C, host code, self-test, build files, predictions',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, boardOption, jsonOption]) add(command);
    command
      .requiredOption(
        '-R, --runtime <id>',
        `${firmwareRuntimes.join(', ')}; wamr-classic for WAMR's smaller interpreter`,
      )
      .option(
        '-o, --out <folder>',
        'folder of the bundle (default: out/firmware/<pipeline>-<model>-<board>-<runtime>)',
      );
    command.action(
      run(async (output, pipeline: string, options: Options) => {
        const runtime = firmwareRuntime(options.runtime);
        const simulated = simulatedAs(runtime, options.runtime);
        const board = loadBoard(options.board);
        requireRuntimeTools(runtime);
        if (options.out !== undefined) checkFolder(options.out);
        const loaded = openPipeline(pipeline);
        const choice = chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate });
        const ready = await prepare(loaded, choice, { verify: false, runtimes: [simulated] });
        const { built, profile } = ready;
        const name = `${built.name}-${board.id}-${options.runtime}`.replace(/[^A-Za-z0-9.-]+/g, '-');
        const folder = options.out ?? join('out', 'firmware', name);
        checkFolder(folder);
        const result = simulateOn(loaded, ready, board, simulated);
        const share =
          runtime === 'wasm2c'
            ? checkedShare(profile, addCounts(profile.stages.map((s) => s.counts)), {
                weights: 'flash',
                checks: 'proved',
              })
            : undefined;
        const files = exportBundle({
          wasm: built.wasm,
          manifest: built.manifest,
          runtime: options.runtime,
          vectors: pipelineVectors(loaded, built),
          board: { id: board.id, name: board.title, core: board.cpu.core },
          predictions: predictionsOf(result, profile, board, share),
        });
        writeBundle(folder, files);
        const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as BundleManifest;
        const exported: ExportResult = { folder, manifest };
        if (options.json) printJson(output, exported);
        else output.out(exportText(exported, pipeline));
        return exitCode.pass;
      }),
    );
  },
};
