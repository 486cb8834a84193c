import { chooseModel } from '../../generator/choose-model.ts';
import { describeNetwork } from '../../generator/graph/describe.ts';
import { drawPlan, slotLines } from '../../generator/layout/draw.ts';
import { planView } from '../../generator/layout/view.ts';
import { bytes, count } from '../../report/text/quantity.ts';
import { table } from '../../report/text/table.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { jsonOption, modelOption, pipelineArgument, rateOption } from '../options.ts';
import { printJson } from '../print-json.ts';
import { recomputedText, recomputeOption } from '../recompute.ts';
import { layerBytes, outputBits, stagesText, stagesView } from '../text/inspect-stages.ts';
import type { InspectResult } from '../results/inspect.ts';
import { widthsOption, withWidths } from '../widths-file.ts';
import { build, openPipeline } from '../workbench.ts';

interface Options {
  model?: string;
  rate?: number;
  json?: boolean;
  recompute?: boolean;
  widths?: string;
}

export const inspect: Command = {
  name: 'inspect',
  summary: 'show the layers of a model: shapes, parameters, multiply-accumulates, bytes, overflow proofs',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, jsonOption, recomputeOption, widthsOption])
      add(command);
    command.action(
      run(async (output, pipeline: string, options: Options) => {
        const loaded = openPipeline(pipeline);
        const choice = withWidths(
          chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate }),
          options.widths,
        );
        const built = await build(loaded, choice, 'aot', { recompute: options.recompute });
        const ofLayers = layerBytes(built);
        const layers = describeNetwork(built.network).map((layer, at) => ({
          ...layer,
          constantBytes: ofLayers[at]!,
          outputBits: outputBits(built, at),
        }));
        const seen = stagesView(built);
        const stages = built.program.stages.map(({ recomputed, proofs }, at) => ({
          ...seen.stages[at]!,
          recomputed,
          proofs,
        }));
        const { tableErrors } = built.quantized;
        const plan = planView(built.plan, built.program);
        if (options.json) {
          const { sharedBytes, macsADecision } = seen;
          const { memory, signature } = built.manifest;
          const result: InspectResult = {
            ...{ kernel: built.name, signature, layers, stages, sharedBytes, macsADecision },
            ...{ memory, plan, tableErrors: [...tableErrors] },
          };
          printJson(output, result);
          return exitCode.pass;
        }
        const shape = (s: { steps: number; features: number }) => `${s.steps} x ${s.features}`;
        const right = (header: string) => ({ header, align: 'right' as const });
        const { memory } = built.manifest;
        output.out(
          [
            `${built.name}: ${layers.length} layers, signature ${built.manifest.signature}`,
            '',
            ...table(
              [
                { header: 'layer' },
                { header: 'kind' },
                right('input'),
                right('output'),
                right('bits'),
                right('parameters'),
                right('bytes'),
                right('MACs'),
              ],
              layers.map((l) => [
                l.name,
                l.kind,
                shape(l.input),
                shape(l.output),
                count(l.outputBits),
                count(l.parameters),
                bytes(l.constantBytes),
                count(l.macs),
              ]),
            ),
            '',
            ...stagesText(seen),
            '',
            ...table(
              [{ header: 'accumulator' }, right('worst case'), right('of 2^31')],
              built.program.stages.flatMap((s) =>
                s.proofs.map((p) => [
                  p.where,
                  p.worstCase.toExponential(3),
                  `${((100 * p.worstCase) / p.limit).toFixed(1)} %`,
                ]),
              ),
            ),
            '',
            ...table(
              [{ header: 'table' }, right('largest error over all inputs')],
              tableErrors.map((t) => [t.function, t.largest.toExponential(2)]),
            ),
            '',
            `memory: constants ${bytes(memory.constantBytes)}, state ${bytes(memory.stateBytes)}, buffers ${bytes(memory.bufferBytes)}, ` +
              `${bytes(memory.heapBase)} in all (${memory.pages} pages)`,
            ...recomputedText(built.manifest),
            '',
            ...drawPlan(plan),
            '',
            ...slotLines(plan),
            '',
          ].join('\n'),
        );
        return exitCode.pass;
      }),
    );
  },
};
