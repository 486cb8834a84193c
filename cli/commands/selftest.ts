/** `escapement selftest <pipeline>`: the kernel as C, run in an emulator, bit for bit against V8 and count for count against the simulator. */
import { Option } from 'commander';
import type { Estimate } from '../../common/estimate.ts';
import { firmwareRefusals } from '../../common/refusals/index.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { pipelineVectors } from '../../generator/firmware/pipeline-vectors.ts';
import { selfTest } from '../../generator/firmware/selftest/self-test.ts';
import {
  requireTools,
  selfTestTargets,
  type SelfTestTarget,
} from '../../generator/firmware/selftest/toolchain.ts';
import { boundsChecks, type BoundsChecks } from '../../generator/firmware/wasm2c/access-plan.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { jsonOption, modelOption, pipelineArgument, rateOption } from '../options.ts';
import { printJson } from '../print-json.ts';
import { selfTestText } from '../text/selftest-text.ts';
import { build, openPipeline } from '../workbench.ts';
import { predictInstructions } from './selftest/predict.ts';
import type { InstructionComparison, SelfTestResult } from './selftest/selftest-result.ts';

interface Options {
  target: SelfTestTarget;
  model?: string;
  rate?: number;
  windows: number;
  weights: 'flash' | 'ram';
  checks: BoundsChecks;
  json?: boolean;
}

export const selftest: Command = {
  name: 'selftest',
  summary: 'run the kernel as C on an emulated core: outputs against V8, instructions against the simulator',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, jsonOption]) add(command);
    command
      .addOption(
        new Option('-t, --target <id>', 'm4: Cortex-M4, bare metal; a7: Cortex-A7, Linux')
          .choices(selfTestTargets)
          .makeOptionMandatory(),
      )
      .option('-w, --windows <n>', 'windows of the recording to run', parseWindows, 3)
      .addOption(
        new Option('--weights <where>', 'where constants are read')
          .choices(['flash', 'ram'])
          .default('flash'),
      )
      .addOption(
        new Option('--checks <which>', 'bounds checks; all but proved are there to compare')
          .choices(boundsChecks)
          .default('proved'),
      )
      .addHelpText(
        'after',
        '\nNeeds wabt, the Arm compiler and QEMU (Debian packages); ends with 4 when a bit differs.',
      );
    command.action(
      run(async (output, pipeline: string, options: Options) => {
        const { target, checks, weights, windows } = options;
        requireTools(target);
        const loaded = openPipeline(pipeline);
        const choice = chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate });
        output.progress.phase(`self-test on ${target}`, 2);
        output.progress.step('compiling the kernel');
        const kernel = await build(loaded, choice);
        const vectors = pipelineVectors(loaded, kernel, { windows });
        output.progress.step('building and running it in QEMU');
        const report = await selfTest({ target, kernel, vectors, checks, weights });
        const { inference, push, ...predicted } = predictInstructions(kernel, vectors, target, options);
        output.progress.clear();
        const executed = report.instructions;
        const result: SelfTestResult = {
          kernel: kernel.name,
          rateHz: choice.rateHz,
          source: vectors.source,
          ...report,
          predicted: {
            ...predicted,
            inference: comparison(inference, executed.inference.mean),
            ...(push && executed.push ? { push: comparison(push, executed.push.mean) } : {}),
          },
        };
        if (options.json) printJson(output, result);
        else output.out(selfTestText(result));
        return result.identical ? exitCode.pass : exitCode.parityMismatch;
      }),
    );
  },
};

const comparison = (predicted: Estimate, executed: number): InstructionComparison => ({
  predicted,
  executed,
  ratio: executed / predicted.value,
  within: executed >= predicted.low && executed <= predicted.high,
});

/** Refuses what is no whole number from 1 to 50 (ESC721). */
function parseWindows(text: string): number {
  const windows = Number(text);
  if (text.trim() === '' || !Number.isInteger(windows) || windows < 1 || windows > 50)
    throw firmwareRefusals.badWindows(text);
  return windows;
}
