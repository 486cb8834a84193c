import { chooseModel } from '../../generator/choose-model.ts';
import { parseProfile, type Profile } from '../../generator/emit/profile.ts';
import { compareLayers } from '../../generator/verify/layers.ts';
import { realWindows, spread } from '../../generator/verify/real-windows.ts';
import { verifyKernel } from '../../generator/verify/verify-kernel.ts';
import { percent } from '../../report/text/quantity.ts';
import { table } from '../../report/text/table.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { jsonOption, modelOption, numberOption, pipelineArgument, rateOption } from '../options.ts';
import { agreementFloor, parity } from '../parity.ts';
import { printJson } from '../print-json.ts';
import { layersText } from '../text/verify-layers.ts';
import { widthsOption, withWidths } from '../widths-file.ts';
import { build, openPipeline } from '../workbench.ts';

/** Windows that --layers looks at, and the least signal to noise of a layer unless told otherwise. */
const LAYER_WINDOWS = 64;
const LAYER_FLOOR_DB = 30;

interface Options {
  model?: string;
  rate?: number;
  profile: Profile;
  minAgreement?: number;
  layers?: boolean;
  minSnr: number;
  widths?: string;
  json?: boolean;
}

export const verify: Command = {
  name: 'verify',
  summary: 'compare the decisions of the fixed-point kernel with the float model on real windows',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, jsonOption, widthsOption, agreementFloor])
      add(command);
    command
      .option(
        '-p, --profile <id>',
        'code that is run: aot, interp, or host (SIMD, several times the windows a second); all give the same bits',
        parseProfile,
        'aot',
      )
      .option('--layers', 'compare every layer instead: signal to noise, largest error, saturations')
      .option(
        '--min-snr <db>',
        'least signal to noise of a layer, in dB',
        numberOption('--min-snr', 0, 200),
        LAYER_FLOOR_DB,
      );
    command.action(
      run(async (output, pipeline: string, options: Options) => {
        const loaded = openPipeline(pipeline);
        const choice = withWidths(
          chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate }),
          options.widths,
        );
        const built = await build(loaded, choice, options.profile);
        if (options.layers) {
          const { windows, origin } = realWindows(loaded, choice, built.network);
          const report = compareLayers(
            built.network,
            built.quantized,
            spread(windows, LAYER_WINDOWS),
            options.minSnr,
          );
          if (options.json)
            printJson(output, {
              kernel: built.name,
              rateHz: choice.rateHz,
              origin,
              floorDb: options.minSnr,
              ...report,
            });
          else output.out(layersText(built.name, origin, report, options.minSnr));
          return report.firstBad === null ? exitCode.pass : exitCode.parityMismatch;
        }
        const result = verifyKernel(loaded, built);
        const { holds, sentence } = parity(result, {
          asked: options.minAgreement,
          pipeline: loaded.pipeline,
        });
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
            `${built.name}, profile ${options.profile}: ${result.windows} windows, ${result.trials} decisions`,
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
