/** The data of examples/smarteryou. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toNetwork } from '../generator/graph/to-network.ts';
import { evaluateNetwork } from '../generator/layers/evaluate-network.ts';
import { parseOnnx } from '../generator/onnx/parse.ts';
import {
  imuChannels,
  integers,
  openTensors,
  pick,
  rowsOf,
  spread,
  unzipLines,
  upTo,
  writeTensors,
  writeText,
} from './cut-tools.ts';

const models = ['krr_user01_context0.onnx', 'krr_user01_context1.onnx'];
const calibrationWindows = 200;
/** The owner's first test execution, and one of somebody else. */
const recordings = [
  ['s01', '04'],
  ['s09', '08'],
] as const;
const rateHz = 50;

export function cutSmarteryou(shared: string, example: string): void {
  const from = join(shared, 'models/smarteryou');
  mkdirSync(example, { recursive: true });
  for (const file of ['context.onnx', ...models, 'meta.json'])
    writeFileSync(join(example, file), readFileSync(join(from, file)));
  const tensor = openTensors(join(from, 'features.safetensors'));
  const [users, executions] = [tensor('user').data, tensor('execution').data];
  const isTest = upTo(users.length).map((row) => {
    const own = rowsOf(users, users[row]).map((other) => executions[other]);
    return [...new Set(own)]
      .sort((a, b) => a - b)
      .slice(-3)
      .includes(executions[row]);
  });
  const [train, test] = [false, true].map((kind) => upTo(users.length).filter((row) => isTest[row] === kind));
  const x = tensor('x');
  const [, features] = x.shape;
  const probabilities = tensor('context_probabilities').data;
  const contexts = test.map((row) => (probabilities[2 * row + 1] > probabilities[2 * row] ? 1 : 0));
  const networks = models.map((file) =>
    toNetwork(parseOnnx(new Uint8Array(readFileSync(join(from, file))), file)),
  );
  const scores = test.map((row, i) => {
    const network = networks[contexts[i]];
    const values = evaluateNetwork(network, x.data.subarray(row * features, (row + 1) * features));
    return values[network.output][0];
  });
  writeTensors(
    example,
    {
      x_calibration: pick(x, spread(train, calibrationWindows)),
      x_test: pick(x, test),
      genuine: integers(test.map((row) => (users[row] === 1 ? 1 : 0))),
      score: { dtype: 'F32', shape: [test.length, 1], data: Float64Array.from(scores) },
      context: integers(contexts),
      true_context: pick(tensor('context'), test),
      session_test: integers(test.map((row) => users[row] * 100 + executions[row])),
      source_row_test: integers(test),
    },
    {
      x: 'features: phone accelerometer, phone gyroscope, watch accelerometer, watch gyroscope, seven each',
      genuine: '1 for a window of user 1, whose models these are',
      score: 'of the linear model that the found context picks, in float64',
      session_test: 'user times 100 and execution: windows of one follow each other by 0.5 s',
      context: 'found by the random forest of scikit-learn',
      source:
        'sp_sw_har: Matey-Sanz and others (2023), doi:10.5281/zenodo.8398688, CC BY 4.0, features of windows',
    },
  );
  for (const [name, execution] of recordings)
    writeText(join(example, 'recordings'), `${name}-${execution}.csv`, bothDevices(shared, name, execution));
}

/** Phone and watch on one grid, straight lines between neighbours, from the instant at which both record. */
function bothDevices(shared: string, name: string, execution: string): string {
  const [header, ...lines] = unzipLines(join(shared, `data/sp_sw_har/${name}.csv.gz`));
  const columns = header.split(',');
  const rows = lines
    .map((line) => line.split(','))
    .filter((cells) => cells[columns.indexOf('execution')] === execution);
  const devices = ['sp', 'sw'].map((device) =>
    rows
      .filter((cells) => cells[columns.indexOf('device')] === device)
      .map((cells) =>
        [cells[columns.indexOf('timestamp_ms')], ...imuChannels.map((c) => cells[columns.indexOf(c)])].map(
          Number,
        ),
      ),
  );
  const start = Math.max(...devices.map((samples) => samples[0][0]));
  const end = Math.min(...devices.map((samples) => samples.at(-1)![0]));
  const count = Math.floor(((end - start) * rateHz) / 1000) + 1;
  const body = upTo(count).map((k) => {
    const time = start + (k * 1000) / rateHz;
    const values = devices.flatMap((samples) => between(samples, time));
    return [(k / rateHz).toFixed(2), ...values.map((v) => String(Number(v.toPrecision(9))))].join();
  });
  const names = ['phone', 'watch'].flatMap((device) => imuChannels.map((c) => `${device}_${c}`));
  return `${[['time_s', ...names].join(), ...body].join('\n')}\n`;
}

/** Values on the straight line between the neighbours of an instant; of samples that share a time the last one counts. */
function between(samples: readonly number[][], time: number): number[] {
  let left = 0;
  while (left + 1 < samples.length && samples[left + 1][0] <= time) left++;
  const [a, b] = [samples[left], samples[left + 1] ?? samples[left]];
  const share = b[0] > a[0] ? (time - a[0]) / (b[0] - a[0]) : 0;
  return a.slice(1).map((v, i) => v + (b[i + 1] - v) * share);
}
