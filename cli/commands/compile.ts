import { join } from 'node:path';
import { families } from '../../generator/choose-model.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { SATURATIONS_BLOCK } from '../../generator/compile/debug.ts';
import { parseProfile, type Profile } from '../../generator/emit/profile.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';
import { bytes, count, hertz } from '../../report/text/quantity.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { writeFiles } from '../files.ts';
import { kernelFiles } from '../kernel-files.ts';
import { jsonOption, modelOption, outOption, pipelineArgument, rateOption } from '../options.ts';
import { printJson } from '../print-json.ts';
import { recomputedText, recomputeOption } from '../recompute.ts';
import { widthsOption, withWidths } from '../widths-file.ts';
import { build, openPipeline } from '../workbench.ts';

interface Options {
  model?: string;
  rate?: number;
  profile: Profile;
  out: string;
  json?: boolean;
  debug?: boolean;
  widths?: string;
  recompute?: boolean;
}

/** Where the counters of a debug build stand. */
function debugText({ blocks, stages }: KernelManifest): string {
  const { name, address } = blocks.find((block) => block.name === SATURATIONS_BLOCK)!;
  return `debug build, not for flashing: ${name} at ${address}, i32[${stages.length}], values clamped by stage since reset()`;
}

export const compile: Command = {
  name: 'compile',
  summary: 'compile a pipeline into a fixed-point WebAssembly kernel',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, rateOption, outOption, jsonOption]) add(command);
    command.option(
      '-p, --profile <id>',
      'shape of the code: aot (compiled runtimes), interp (interpreters), host (SIMD, for this computer)',
      parseProfile,
      'aot',
    );
    recomputeOption(command);
    widthsOption(command);
    command.option('--debug', 'count values that had to be clamped to 16 bits, by stage; not for flashing');
    command.action(
      run(async (output, pipeline: string, options: Options) => {
        const loaded = openPipeline(pipeline);
        const choice = withWidths(
          chooseModel(loaded.pipeline, { model: options.model, rateHz: options.rate }),
          options.widths,
        );
        const { debug, recompute } = options;
        const built = await build(loaded, choice, options.profile, { debug, recompute });
        const files = kernelFiles(options.debug ? join(options.out, 'debug') : options.out, built);
        writeFiles(files);
        const { manifest, wasm } = built;
        if (options.json) {
          printJson(output, { files: [...files.keys()], wasmBytes: wasm.length, manifest });
          return exitCode.pass;
        }
        const { memory } = manifest;
        output.out(
          [
            `${built.name} at ${hertz(choice.rateHz)}, profile ${manifest.profile}: ${count(manifest.macs)} multiply-accumulates a decision`,
            `kernel.wasm ${bytes(wasm.length)}; linear memory ${bytes(memory.heapBase)}` +
              ` (constants ${bytes(memory.constantBytes)}, state ${bytes(memory.stateBytes)}, buffers ${bytes(memory.bufferBytes)})`,
            ...(choice.trainedForRate
              ? []
              : [`re-timed from ${hertz(choice.model.rateHz)}: a cost, no accuracy`]),
            ...(families(loaded.pipeline).length > 1 && !options.model
              ? [`other models: ${families(loaded.pipeline).slice(1).join(', ')} (--model)`]
              : []),
            ...recomputedText(manifest),
            ...(options.debug ? [debugText(manifest)] : []),
            ...[...files.keys()].map((path) => `wrote ${path}`),
            '',
          ].join('\n'),
        );
        return exitCode.pass;
      }),
    );
  },
};
