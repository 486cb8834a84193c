import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { loadBoard } from '../../boards/load.ts';
import type { Board } from '../../boards/board.ts';
import { loadNetwork } from '../../generator/build-kernel.ts';
import { chooseModel, type ModelChoice } from '../../generator/choose-model.ts';
import { describeNetwork } from '../../generator/graph/describe.ts';
import { fold } from '../../generator/graph/fold.ts';
import type { Network } from '../../generator/graph/network.ts';
import { toNetwork } from '../../generator/graph/to-network.ts';
import { evaluateNetwork } from '../../generator/layers/evaluate-network.ts';
import { checkWeights } from '../../generator/onnx/check-weights.ts';
import { parseOnnx } from '../../generator/onnx/parse.ts';
import { writeOnnx } from '../../generator/onnx/write.ts';
import { calibrationWindows } from '../../generator/pipeline/calibration-windows.ts';
import type { LoadedPipeline } from '../../generator/pipeline/load.ts';
import { splitRecurrent, type SplitResult } from '../../generator/transform/sub-rnn.ts';
import { networkToGraph } from '../../generator/transform/to-onnx.ts';
import { trialSource } from '../../generator/verify/trial-source.ts';
import { operatingRates } from '../../generator/verify/trials.ts';
import { findRuntime } from '../../sim/runtimes/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { writeFiles } from '../files.ts';
import {
  boardOption,
  jsonOption,
  modelOption,
  outOption,
  pipelinePath,
  rateOption,
  runtimeOption,
  wholeOption,
} from '../options.ts';
import { printJson } from '../print-json.ts';
import { transformText } from '../text/transform.ts';
import type { TransformReport, TransformSide } from '../text/transform-report.ts';
import { openPipeline, prepare, simulateOn } from '../workbench.ts';

interface Options {
  model?: string;
  rate?: number;
  branches: number;
  features?: boolean;
  layer?: string;
  board: string;
  runtime: string;
  out: string;
  json?: boolean;
}

export const transform: Command = {
  name: 'transform',
  summary: 'split the recurrent layer of a trained model into branches that run side by side (sub-RNN)',
  register(command, run) {
    command.argument('<model>', 'pipeline file, its folder, an example, or a model.onnx alone');
    for (const add of [modelOption, rateOption, boardOption, runtimeOption, outOption, jsonOption])
      add(command);
    command
      .requiredOption('-k, --branches <k>', 'number of branches', wholeOption('--branches', 2, 16))
      .option('--features', 'split the inputs of the layer too, one group a branch')
      .option('--layer <name>', 'recurrent layer to split (default: the one with most multiply-accumulates)');
    command.action(
      run(async (output, given: string, options: Options) => {
        const board = loadBoard(options.board);
        findRuntime(options.runtime);
        const report =
          given.endsWith('.onnx') && existsSync(given) && statSync(given).isFile()
            ? await transformModel(given, options)
            : await transformPipeline(given, board, options);
        if (options.json) printJson(output, report);
        else output.out(transformText(report));
        return exitCode.pass;
      }),
    );
  },
};

/** A model alone: no windows, so nothing is known of means, accuracy or time. */
async function transformModel(file: string, options: Options): Promise<TransformReport> {
  const graph = fold(parseOnnx(new Uint8Array(await readFile(file)), file));
  checkWeights(graph, file);
  const before = toNetwork(graph);
  const result = splitRecurrent(before, { ...options, windows: [] });
  const path = join(options.out, `${basename(file, '.onnx')}-${options.branches}x`, 'model.onnx');
  const after = writeModel(path, result);
  return { ...head(before.name, result, options), file: path, before: costs(before), after: costs(after) };
}

async function transformPipeline(given: string, board: Board, options: Options): Promise<TransformReport> {
  const loaded = openPipeline(pipelinePath(given));
  const choice = chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate });
  const before = await loadNetwork(loaded, choice);
  const { windows } = calibrationWindows(loaded, choice, before);
  const result = splitRecurrent(before, { ...options, windows });
  const id = `${choice.model.id}-${options.branches}x${options.features ? 'f' : ''}`;
  const path = join(options.out, loaded.pipeline.name, id, 'model.onnx');
  const after = writeModel(path, result);
  const changed = { ...choice, model: { ...choice.model, id, file: resolve(path) } };
  return {
    ...head(`${loaded.pipeline.name}/${choice.model.id}`, result, options),
    file: path,
    windows: windows.length,
    board: board.id,
    runtime: options.runtime,
    cores: board.cpu.cores.value,
    before: await onBoard(loaded, choice, before, board, options.runtime),
    after: await onBoard(loaded, changed, after, board, options.runtime),
  };
}

/** Writes the split model, and reads back what the file says: that is what is compiled and judged. */
function writeModel(path: string, { network }: SplitResult): Network {
  const { steps, features } = network.buffers[network.output]!;
  const shape = steps === 1 ? [1, features] : [1, steps, features];
  const bytes = writeOnnx(networkToGraph(network), [{ type: 'float32', shape }]);
  const back = toNetwork(fold(parseOnnx(bytes, path)));
  writeFiles(new Map([[path, bytes]]));
  return back;
}

const head = (model: string, result: SplitResult, { branches, features }: Options) => ({
  model,
  layer: result.layer,
  kind: result.kind,
  branches,
  featuresSplit: features ?? false,
  segments: result.segments,
  units: result.units,
  inputs: result.inputs,
  readout: result.readout,
});

function costs(network: Network): TransformSide {
  const layers = describeNetwork(network);
  const sum = (of: (l: (typeof layers)[0]) => number) => layers.reduce((total, l) => total + of(l), 0);
  return { macs: sum((l) => l.macs), parameters: sum((l) => l.parameters) };
}

async function onBoard(
  loaded: LoadedPipeline,
  choice: ModelChoice,
  network: Network,
  board: Board,
  runtime: string,
): Promise<TransformSide> {
  const ready = await prepare(loaded, choice, { runtimes: [runtime], verify: true });
  const result = simulateOn(loaded, ready, board, runtime);
  const source =
    choice.trainedForRate && choice.model.evaluation ? trialSource(loaded, choice, network) : undefined;
  const float =
    source &&
    operatingRates(source.data, (w) => evaluateNetwork(network, w)[network.output]!, source.decision);
  const { memory } = ready.built.manifest;
  return {
    ...costs(network),
    constantBytes: memory.constantBytes,
    ramBytes: memory.heapBase,
    cycles: result.cycles,
    latencyMs: result.latencyMs,
    coresUsed: result.coresUsed,
    ...(float ? { float } : {}),
    ...(ready.verified ? { fixed: ready.verified.fixed, agreement: ready.verified.agreement } : {}),
  };
}
