import { chooseModel } from '../../generator/choose-model.ts';
import { verifyKernel } from '../../generator/verify/verify-kernel.ts';
import { percent } from '../../report/text/quantity.ts';
import { table } from '../../report/text/table.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { jsonOption, modelOption, pipelineArgument, rateOption } from '../options.ts';
import { agreementFloor, parity } from '../parity.ts';
import { printJson } from '../print-json.ts';
import { build, openPipeline } from '../workbench.ts';

interface Options {
  model?: string;
  rate?: number;
  minAgreement: number;
  json?: boolean;
}

export const verify: Command = {
  name: 'verify',
  summary: 'compare the decisions of the fixed-point kernel with the float model on real windows',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, jsonOption, agreementFloor]) add(command);
    command.action(
      run(async (output, pipeline: string, options: Options) => {
        const loaded = openPipeline(pipeline);
        const choice = chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate });
        const built = await build(loaded, choice);
        const result = verifyKernel(loaded, built);
        const { holds, sentence } = parity(result, options.minAgreement);
        const code = holds ? exitCode.pass : exitCode.parityMismatch;
        if (options.json) {
          printJson(output, { kernel: built.name, rateHz: choice.rateHz, ...result, parity: holds });
          return code;
        }
        const row = (name: string, r: typeof result.float) => [
          name,
          ...[r.accuracy, r.far, r.frr, r.eer].map((v) => percent(v, 2)),
        ];
        output.out(
          [
            `${built.name}: ${result.windows} windows, ${result.trials} decisions`,
            ...table(
              [
                { header: '' },
                ...['accuracy', 'FAR', 'FRR', 'EER'].map((header) => ({ header, align: 'right' as const })),
              ],
              [row('float', result.float), row('fixed', result.fixed)],
            ),
            `${holds ? 'pass' : 'fail'}: ${sentence}`,
            '',
          ].join('\n'),
        );
        return code;
      }),
    );
  },
};
