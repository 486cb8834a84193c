/**
 * Float against fixed over all test windows of models trained elsewhere: `npm run accuracy -- DIR`, where DIR holds
 * pulse-wrist/*, pulse/* and deepauth/* (model.onnx, meta.json, windows.safetensors). Writes docs/accuracy.md.
 * The whole decision runs in the kernel: argmax, and for deepauth enrolment and MVN distance too.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolName } from '../common/tool.ts';
import { buildKernel } from '../generator/build-kernel.ts';
import { chooseModel } from '../generator/choose-model.ts';
import type { LoadedPipeline } from '../generator/pipeline/load.ts';
import type { Evaluation, Pipeline } from '../generator/pipeline/pipeline.ts';
import { verifyKernel } from '../generator/verify/verify-kernel.ts';
import type { VerifyResult } from '../generator/verify/verify.ts';

interface Meta {
  rate_hz: number;
  window_s: number;
  channels: number | string[];
  scale?: number[];
  float_metrics: { threshold_distance?: number };
}

const windows = 'windows.safetensors';
const identification: Evaluation = {
  kind: 'identification',
  file: windows,
  x: 'x',
  labels: 'y',
  floatOutput: 'logits',
};
const verification: Evaluation = {
  kind: 'verification',
  file: windows,
  xEnrol: 'x_enrol',
  userEnrol: 'user_enrol',
  xTest: 'x_test',
  userTest: 'user_test',
  floatOutputEnrol: 'feature_enrol',
  floatOutput: 'feature_test',
};

/** A pipeline around a trained model: only what building and verifying look at. */
export function pipelineOf(folder: string, name: string): LoadedPipeline {
  const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as Meta;
  const names =
    typeof meta.channels === 'number'
      ? Array.from({ length: meta.channels }, (_, c) => `ch${c}`)
      : meta.channels;
  const threshold = meta.float_metrics.threshold_distance;
  const pipeline: Pipeline = {
    name,
    title: name,
    channels: names.map((channel) => ({ name: channel, sensor: 'ppg', unit: 'count', lsb: 0.01 })),
    window: { seconds: meta.window_s, hopSeconds: meta.window_s },
    preprocess: meta.scale
      ? [{ step: 'scale', divisors: meta.scale }]
      : [
          { step: 'bandpass', lowHz: 0.5, highHz: 8 },
          { step: 'zscore', epsilon: 1e-6 },
        ],
    decision: threshold === undefined ? { kind: 'argmax' } : { kind: 'mvn', threshold, epsilon: 1e-6 },
    budgets: {},
    rates: [meta.rate_hz],
    models: [
      {
        id: name,
        file: 'model.onnx',
        rateHz: meta.rate_hz,
        calibration: { file: windows, tensor: 'x_calibration' },
        evaluation: threshold === undefined ? identification : verification,
      },
    ],
  };
  return { path: join(folder, 'meta.json'), pipeline, resolve: (file) => join(folder, file) };
}

/** By the kernel for computers, which gives the bits of those that are flashed: there are thousands of windows. */
export async function verifyFolder(folder: string, name: string): Promise<VerifyResult> {
  const loaded = pipelineOf(folder, name);
  const built = await buildKernel(loaded, chooseModel(loaded.pipeline, {}), {
    generator: toolName,
    profile: 'host',
  });
  return verifyKernel(loaded, built);
}

const percent = (share: number): string => (100 * share).toFixed(2);

async function main(root: string): Promise<void> {
  const rows: string[] = [];
  for (const system of ['pulse-wrist', 'pulse', 'deepauth'])
    for (const model of readdirSync(join(root, system)).sort()) {
      const folder = join(root, system, model);
      if (!existsSync(join(folder, windows))) continue;
      const r = await verifyFolder(folder, `${system}-${model}`);
      const cells = [
        `${system}/${model}`,
        String(r.windows),
        String(r.trials),
        percent(r.agreement),
        ...(['accuracy', 'far', 'frr', 'eer'] as const).map(
          (rate) => `${percent(r.float[rate])} -> ${percent(r.fixed[rate])}`,
        ),
      ];
      rows.push(`| ${cells.join(' | ')} |`);
      process.stdout.write(`${cells.join('  ')}\n`);
    }
  writeFileSync(new URL('../docs/accuracy.md', import.meta.url), page(rows));
}

const page = (rows: readonly string[]): string => `# Accuracy of the fixed-point kernels

Float model against kernel (8-bit weights, 16-bit activations) on all real test windows of each trained model, per cent, "float -> fixed".
The decision runs in the kernel; for deepauth enrolment and the MVN distance too. Definitions: \`generator/verify/metrics.ts\`.
Made by \`npm run accuracy -- DIR\`, where DIR holds the models with all their windows (the repository ships a cut of them).

| model | windows | decisions | agreement | accuracy | FAR | FRR | EER |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;

if (process.argv[1] === new URL(import.meta.url).pathname) await main(process.argv[2] ?? '../shared/models');
