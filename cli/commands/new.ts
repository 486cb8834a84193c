/** `escapement new <model.onnx>`: a commented pipeline around a model file, which compiles as it is. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { ASSUMED_RATE_HZ, startPipeline } from '../../generator/pipeline/start-pipeline.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { writeFiles } from '../files.ts';
import { jsonOption, parseRate } from '../options.ts';
import { printJson } from '../print-json.ts';
import { readInput } from '../read-input.ts';

interface Options {
  out?: string;
  rate: number;
  force?: boolean;
  json?: boolean;
}

const schemaFile = 'pipeline.schema.json';

export const newPipeline: Command = {
  name: 'new',
  summary:
    'start a pipeline from a model file: a commented pipeline.json that compiles, made-up data to be replaced',
  register(command, run) {
    command
      .argument('<model>', 'trained model, ONNX, that reads windows of samples: [batch, time, channels]')
      .option('-o, --out <folder>', 'folder to write (default: the name of the model)')
      .option('-r, --rate <hz>', 'sampling rate that the model was trained for', parseRate, ASSUMED_RATE_HZ)
      .option('-f, --force', 'replace the files of an existing pipeline');
    jsonOption(command);
    command.action(
      run((output, model: string, options: Options) => {
        const started = startPipeline(readInput(model), basename(model), {
          rateHz: options.rate,
          schema: `./${schemaFile}`,
        });
        const folder = options.out ?? started.name;
        const pipeline = join(folder, 'pipeline.json');
        if (existsSync(pipeline) && !options.force) throw pipelineRefusals.pipelineExists(pipeline);
        const files = new Map([...started.files].map(([name, content]) => [join(folder, name), content]));
        const schema = fileURLToPath(new URL(`../../schemas/${schemaFile}`, import.meta.url));
        files.set(join(folder, schemaFile), readFileSync(schema, 'utf8'));
        writeFiles(files);
        const { steps, channels, outputs, windowSeconds, name } = started;
        if (options.json) {
          printJson(output, {
            name,
            steps,
            channels,
            outputs,
            windowSeconds,
            rateHz: options.rate,
            files: [...files.keys()],
          });
          return exitCode.pass;
        }
        output.out(
          [
            `${basename(model)} reads ${steps} samples of ${channels} channel${channels === 1 ? '' : 's'} (${windowSeconds} s at ${options.rate} Hz) and gives ${outputs} value${outputs === 1 ? '' : 's'}.`,
            ...[...files.keys()].map((path) => `wrote ${path}`),
            `Next: escapement compile ${folder}, escapement simulate ${folder}; then read ${pipeline}:`,
            'CHOOSE marks what the model file does not say, REPLACE the made-up windows and recording.',
            '',
          ].join('\n'),
        );
        return exitCode.pass;
      }),
    );
  },
};
