/**
 * The start of a pipeline around a model file: what the shape of the model's input tells (channels, samples in a window, classes) is filled in; what it cannot tell is a choice that a comment
 * marks. Calibration windows and a recording are made up, so that the pipeline compiles and can be costed at once; accuracy needs real ones.
 */
import { basename } from 'node:path';
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { writeSafetensors, type SafeTensor } from '../data/safetensors.ts';
import { toNetwork } from '../graph/to-network.ts';
import { checkWeights } from '../onnx/check-weights.ts';
import { parseOnnx } from '../onnx/parse.ts';

/** Rate that a start assumes: what the Pulse paper argues for. */
export const ASSUMED_RATE_HZ = 25;
const CALIBRATION_WINDOWS = 64;
const RECORDED_WINDOWS = 4;

export interface StartedPipeline {
  name: string;
  steps: number;
  channels: number;
  outputs: number;
  windowSeconds: number;
  /** By path relative to the folder of the pipeline. */
  files: Map<string, string | Uint8Array>;
}

interface StartChannel {
  name: string;
  sensor: 'ppg' | 'accelerometer' | 'gyroscope';
  unit: string;
  lsb: number;
}

/** @param schema where editors find the schema, relative to the pipeline file. Throws ESC1xx for a model that does not compile, ESC270 for one without time. */
export function startPipeline(
  model: Uint8Array,
  file: string,
  { rateHz, schema }: { rateHz: number; schema: string },
): StartedPipeline {
  const graph = parseOnnx(model, file);
  checkWeights(graph, file);
  const network = toNetwork(graph);
  const { steps, features: channels } = network.buffers[network.input]!;
  if (steps < 2) throw pipelineRefusals.modelTakesVector(file, channels);
  const output = network.buffers[network.output]!;
  const outputs = output.steps * output.features;
  const name = nameOf(file);
  const windowSeconds = Number((steps / rateHz).toPrecision(12));
  const started = { name, steps, channels, outputs, windowSeconds, rateHz };
  const listed = channelsOf(channels);
  return {
    ...started,
    files: new Map<string, string | Uint8Array>([
      ['pipeline.json', pipelineText(started, listed, schema)],
      ['model.onnx', model],
      ['made-up.safetensors', calibration(steps, channels)],
      ['made-up.csv', recording(listed, steps * RECORDED_WINDOWS, rateHz)],
    ]),
  };
}

/** The name of the file, as far as a pipeline may be called that. */
function nameOf(file: string): string {
  const name = basename(file)
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 60);
  return name === '' ? 'pipeline' : name;
}

/** 3 channels are an accelerometer, 6 have a gyroscope behind it, others are optical: a guess that the file marks as one. */
function channelsOf(count: number): StartChannel[] {
  const motion = (sensor: 'accelerometer' | 'gyroscope', unit: string, lsb: number): StartChannel[] =>
    ['x', 'y', 'z'].map((axis) => ({
      name: `${axis}_${sensor === 'gyroscope' ? 'gyro' : 'acc'}`,
      sensor,
      unit,
      lsb,
    }));
  const accelerometer = motion('accelerometer', 'm/s^2', 0.002395);
  if (count === 3) return accelerometer;
  if (count === 6) return [...accelerometer, ...motion('gyroscope', 'rad/s', 0.00122173)];
  return Array.from({ length: count }, (_, c) => ({
    name: count === 1 ? 'ppg' : `ppg${c + 1}`,
    sensor: 'ppg' as const,
    unit: 'count',
    lsb: 1,
  }));
}

function pipelineText(
  {
    name,
    steps,
    channels,
    outputs,
    windowSeconds,
    rateHz,
  }: Omit<StartedPipeline, 'files'> & { rateHz: number },
  listed: readonly StartChannel[],
  schema: string,
): string {
  const decision =
    outputs > 1
      ? `  // ${outputs} outputs are taken for classes. Features of a person instead: { "kind": "mvn", "threshold": ..., "epsilon": 1e-6 }
  // (enrolment on the device), or "template".
  "decision": { "kind": "argmax" },`
      : `  // One output is taken for a score: accepted where it reaches the threshold. CHOOSE the threshold.
  "decision": { "kind": "score", "thresholds": [0] },`;
  return `// A pipeline around model.onnx, which reads ${steps} samples of ${channels} channel${channels === 1 ? '' : 's'} and gives ${outputs} value${outputs === 1 ? '' : 's'}.
// CHOOSE marks what the model file does not say. Comments are allowed, trailing commas are not.
// Every field: ${schema}. Examples: pulse, deepauth, waca, typing102, smarteryou.
{
  "$schema": "${schema}",
  "name": "${name}",
  "title": "${name}: ${steps} samples of ${channels} channel${channels === 1 ? '' : 's'}",
  // CHOOSE sensors ("ppg", "accelerometer", "gyroscope"), in the order of the model's input. A raw count is worth "lsb" of the unit.
  "channels": [
${listed.map((channel) => `    ${inline(channel)}`).join(',\n')}
  ],
  // ${steps} samples at ${plain(rateHz)} Hz. CHOOSE the time between two decisions.
  "window": { "seconds": ${plain(windowSeconds)}, "hopSeconds": ${plain(windowSeconds)} },
  // CHOOSE what stood before the model in training: "bandpass", "lowpass", "biquad", "movingAverage", "scale", "zscore".
  "preprocess": [{ "step": "zscore", "epsilon": 1e-6 }],
${decision}
  // CHOOSE the limits of the verdict; 500 ms is the DeepAuth paper's mark for real time.
  "budgets": { "latencyMs": 500 },
  "rates": [${plain(rateHz)}],
  "models": [
    {
      "id": "${plain(rateHz).replace('.', '_')}hz",
      "file": "model.onnx",
      "rateHz": ${plain(rateHz)},
      // REPLACE by real windows of training, [windows][${steps}][${channels}]: formats are chosen by what stands there. These are made up.
      "calibration": { "file": "made-up.safetensors", "tensor": "x_calibration" }
      // ADD "evaluation" with labelled windows, and verify shows what the integers cost in accuracy.
    }
  ],
  // REPLACE by a real recording. Cost hardly depends on the samples, decisions do.
  "recordings": [{ "file": "made-up.csv", "subject": "nobody" }]
}
`;
}

const plain = (value: number): string => String(value);

const inline = (channel: StartChannel): string =>
  `{ ${Object.entries(channel)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(', ')} }`;

/** Slow waves with a little noise, mean 0 and deviation near 1, the same on every machine. */
function wave(channel: number, seed: number): (t: number) => number {
  let state = (seed * 0x9e3779b1 + channel * 0x85ebca6b + 1) >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const parts = Array.from({ length: 4 }, () => [next() * 0.35, next() * 2 * Math.PI] as const);
  return (t) =>
    parts.reduce((sum, [frequency, phase]) => sum + 0.65 * Math.sin(frequency * t + phase), 0) +
    0.4 * (next() - 0.5);
}

function calibration(steps: number, channels: number): Uint8Array {
  const data = new Float64Array(CALIBRATION_WINDOWS * steps * channels);
  let at = 0;
  for (let w = 0; w < CALIBRATION_WINDOWS; w++) {
    const waves = Array.from({ length: channels }, (_, c) => wave(c, w + 1));
    for (let t = 0; t < steps; t++) for (const value of waves) data[at++] = Math.fround(value(t));
  }
  const tensor: SafeTensor = { dtype: 'F32', shape: [CALIBRATION_WINDOWS, steps, channels], data };
  return writeSafetensors(new Map([['x_calibration', tensor]]), {
    x_calibration: 'made up: slow waves with noise, in place of real windows',
  });
}

/** Counts of a few hundred times each channel's smallest step. */
function recording(channels: readonly StartChannel[], samples: number, rateHz: number): string {
  const waves = channels.map((_, c) => wave(c, 0));
  const rows = Array.from({ length: samples + 1 }, (_, t) =>
    [t / rateHz, ...channels.map(({ lsb }, c) => Math.round(500 * waves[c]!(t)) * lsb)]
      .map((value) => String(Number(value.toPrecision(9))))
      .join(),
  );
  return `${[['time_s', ...channels.map(({ name }) => name)].join(), ...rows].join('\n')}\n`;
}
