import { join } from 'node:path';
import { loadBoard } from '../../boards/load.ts';
import { kernelRefusals } from '../../common/refusals/index.ts';
import { toolName } from '../../common/tool.ts';
import { buildKernel, loadNetwork } from '../../generator/build-kernel.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { evaluateNetwork } from '../../generator/layers/evaluate-network.ts';
import { mostCandidates, searchWidths } from '../../generator/quantize/search-widths.ts';
import { activationTensors, widthTensors, type Widths } from '../../generator/quantize/widths.ts';
import { trialSource } from '../../generator/verify/trial-source.ts';
import { halves, operatingRates, type OutputOf } from '../../generator/verify/trials.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import { findRuntime } from '../../sim/runtimes/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { writeFiles } from '../files.ts';
import {
  boardOption,
  jsonOption,
  modelOption,
  numberOption,
  outOption,
  pipelineArgument,
  rateOption,
  runtimeOption,
} from '../options.ts';
import { printJson } from '../print-json.ts';
import { tuneText } from '../text/tune.ts';
import { withinDrift, type TunePoint, type TuneReport, type TuneRates } from '../text/tune-report.ts';
import type { WidthsFile } from '../widths-file.ts';
import { framesOf, openPipeline, profileFor, profileFrames, simulateOn } from '../workbench.ts';

interface Options {
  model?: string;
  rate?: number;
  board: string;
  runtime: string;
  minimise: string;
  maxDrift: number;
  out: string;
  json?: boolean;
}

/** In points: what FAR, FRR and EER may move on the windows that widths are chosen on. */
const MAX_DRIFT = 2;

export const tune: Command = {
  name: 'tune',
  summary:
    'find the bits of each weight matrix (4, 8, 16) and activation (8, 16) that save most memory or time at the same error rates',
  register(command, run) {
    for (const add of [
      pipelineArgument,
      modelOption,
      rateOption,
      boardOption,
      runtimeOption,
      outOption,
      jsonOption,
    ])
      add(command);
    command
      .option('--minimise <what>', 'ram or cycles', parseObjective, 'ram')
      .option(
        '--max-drift <points>',
        'how far FAR, FRR and EER may move from the float model, in points',
        numberOption('--max-drift', 0, 100),
        MAX_DRIFT,
      );
    command.action(
      run(async (output, pipeline: string, options: Options) => {
        const board = loadBoard(options.board);
        findRuntime(options.runtime);
        const loaded = openPipeline(pipeline);
        const choice = chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate });
        const name = `${loaded.pipeline.name}/${choice.model.id}`;
        const network = await loadNetwork(loaded, choice);
        const tensors = [...widthTensors(network), ...activationTensors(network)];
        if (tensors.length === 0)
          throw kernelRefusals.nothingToTune(
            name,
            'it has no weight matrices and no activations between layers',
          );
        const source = trialSource(loaded, choice, network);
        if (!source) throw kernelRefusals.nothingToTune(name, 'its decision is a template');
        const [choosing, reporting] = halves(source.data);
        const rates = (outputOf: OutputOf): TuneRates => {
          const outputs = new Map<Float64Array, ArrayLike<number>>();
          const once: OutputOf = (window) => {
            const known = outputs.get(window) ?? outputOf(window);
            outputs.set(window, known);
            return known;
          };
          return {
            choosing: operatingRates(choosing, once, source.decision),
            reporting: operatingRates(reporting, once, source.decision),
          };
        };
        const float = rates((window) => evaluateNetwork(network, window)[network.output]!);
        const frames = framesOf(loaded, choice.rateHz);
        output.progress.phase(`tuning ${name}`, mostCandidates(tensors));
        const evaluate = async (widths: Widths, label: string): Promise<TunePoint> => {
          output.progress.step(label);
          const shape = profileFor(options.runtime);
          const built = await buildKernel(loaded, choice, { generator: toolName, profile: shape, widths });
          const ran = { built, profile: profileFrames(built, frames, [options.runtime]) };
          const ready = { ...ran, verified: null, shapes: new Map([[shape, ran]]) };
          const result = simulateOn(loaded, ready, board, options.runtime);
          const kernel = KernelInstance.load(built.wasm, built.manifest);
          kernel.reset();
          const { memory } = built.manifest;
          return {
            constantBytes: memory.constantBytes,
            linearMemoryBytes: memory.heapBase,
            ramBytes: result.memory.ramBytes,
            flashBytes: result.memory.flashBytes,
            cycles: result.cycles,
            latencyMs: result.latencyMs,
            ...rates((window) => {
              kernel.writeModelInput(window);
              kernel.model();
              return kernel.readModelOutput();
            }),
          };
        };
        const { tried, chosen } = await searchWidths(tensors, {
          evaluate,
          objective: (point) => (options.minimise === 'ram' ? point.ramBytes : point.cycles.value),
          acceptable: (point) => withinDrift(point.choosing, float.choosing, options.maxDrift),
        });
        output.progress.clear();
        const path = join(options.out, loaded.pipeline.name, choice.model.id, 'widths.json');
        const file: WidthsFile = { model: name, widths: chosen.widths };
        writeFiles(new Map([[path, `${JSON.stringify(file, null, 2)}\n`]]));
        const report: TuneReport = {
          ...{ model: name, board: board.id, runtime: options.runtime },
          ...{ minimise: options.minimise as TuneReport['minimise'], maxDriftPoints: options.maxDrift },
          ...{ float, chosen: chosen.label, widths: chosen.widths, file: path },
          points: tried.map(({ label, widths, found }) => ({
            ...{ label, widths, ...found },
            acceptable: withinDrift(found.choosing, float.choosing, options.maxDrift),
          })),
        };
        if (options.json) printJson(output, report);
        else output.out(tuneText(report));
        return exitCode.pass;
      }),
    );
  },
};

function parseObjective(text: string): string {
  if (text !== 'ram' && text !== 'cycles') throw kernelRefusals.badObjective(text);
  return text;
}
