/** The data of examples/typing102. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeTensor } from '../generator/data/safetensors.ts';
import { nearestLabels } from '../generator/layers/integer/neighbours.ts';
import { integers, openTensors, pick, rowsOf, watchRecording, writeTensors, writeText } from './cut-tools.ts';

/**
 * Test executions at whose start the watch came later than the phone: the windows were cut from the instant at which both were
 * there, which is the first sample of these recordings.
 */
const recordings = [
  ['s01', '05'],
  ['s05', '08'],
  ['s09', '09'],
  ['s13', '08'],
] as const;

export function cutTyping102(shared: string, example: string): void {
  const from = join(shared, 'models/typing102');
  mkdirSync(example, { recursive: true });
  for (const file of ['mlp.onnx', 'forest.onnx', 'meta.json'])
    writeFileSync(join(example, file), readFileSync(join(from, file)));
  const tensor = openTensors(join(from, 'features.safetensors'));
  const split = tensor('test').data;
  const [train, test] = [rowsOf(split, 0), rowsOf(split, 1)];
  const classes = (rows: readonly number[]): SafeTensor =>
    integers(rows.map((row) => tensor('user').data[row] - 1));
  const probabilities = pick(tensor('mlp_probabilities'), test);
  writeTensors(
    example,
    {
      x_train: pick(tensor('x'), train),
      y_train: classes(train),
      x_test: pick(tensor('x'), test),
      y_test: classes(test),
      mlp_logits: { ...probabilities, data: probabilities.data.map((p) => Math.fround(Math.log(p))) },
      forest_probabilities: pick(tensor('forest_probabilities'), test),
      knn_shares: nearestShares(pick(tensor('x'), test), pick(tensor('x'), train), classes(train).data),
      source_row_test: integers(test),
    },
    {
      x: 'features brought to 0 .. 1 (window, column times 17 and feature)',
      y: 'class: person minus 1',
      mlp_logits: 'natural logarithm of the probabilities of scikit-learn: its logits but for a constant',
      forest_probabilities: 'of scikit-learn',
      knn_shares: 'votes of the 3 nearest training windows, in float64',
      source_row_test: 'row of the window in the full set',
      source:
        'sp_sw_har: Matey-Sanz and others (2023), doi:10.5281/zenodo.8398688, CC BY 4.0, features of windows',
    },
  );
  for (const [name, execution] of recordings)
    writeText(
      join(example, 'recordings'),
      `${name}-${execution}.csv`,
      watchRecording(shared, name, execution),
    );
}

/** Share of each person among the 3 training windows that are nearest. */
function nearestShares(test: SafeTensor, train: SafeTensor, labels: Float64Array): SafeTensor {
  const [windows, features] = test.shape;
  const people = 16;
  const data = new Float64Array(windows * people);
  for (let w = 0; w < windows; w++)
    for (const label of nearestLabels(
      test.data.subarray(w * features, (w + 1) * features),
      train.data,
      labels,
      3,
    ))
      data[w * people + label] += 1 / 3;
  return { dtype: 'F32', shape: [windows, people], data };
}
