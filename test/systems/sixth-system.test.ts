/**
 * A sixth system is a new folder and no new code: an accelerometer alone, a low-pass filter, windows of 2 s, five features an axis and a forest of stumps, put together here from parts that are there, and taken through
 * the command line.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecording } from '../../generator/data/recording.ts';
import { resample } from '../../generator/data/resample.ts';
import { writeSafetensors, type SafeTensor } from '../../generator/data/safetensors.ts';
import type { Graph } from '../../generator/graph/graph.ts';
import { toNetwork } from '../../generator/graph/to-network.ts';
import { evaluateNetwork } from '../../generator/layers/evaluate-network.ts';
import { writeOnnx } from '../../generator/onnx/write.ts';
import { floatWindows } from '../../generator/pipeline/float-windows.ts';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import type { Pipeline } from '../../generator/pipeline/pipeline.ts';
import { argmax } from '../../generator/verify/metrics.ts';
import { escapement } from '../cli/run.ts';

const recordings = fileURLToPath(new URL('../../examples/typing102/recordings/', import.meta.url));
const people = ['s01-05', 's05-08', 's09-09', 's13-08'];
const axes = ['x_acc', 'y_acc', 'z_acc'];
const rateHz = 50;
const folder = mkdtempSync(join(tmpdir(), 'sixth-'));
afterAll(() => rmSync(folder, { recursive: true }));

const signal: Pick<Pipeline, 'channels' | 'preprocess' | 'window'> = {
  channels: axes.map((name) => ({ name, sensor: 'accelerometer', unit: 'm/s^2', lsb: 0.00239501953125 })),
  window: { seconds: 2, hopSeconds: 0.25 },
  preprocess: [
    { step: 'lowpass', cutoffHz: 12 },
    {
      step: 'features',
      features: [
        { kind: 'mean' },
        { kind: 'rootMeanSquare' },
        { kind: 'range' },
        { kind: 'skewness' },
        { kind: 'spectralPeak', rank: 1, size: 128 },
      ],
    },
  ],
};

interface Row {
  x: Float64Array;
  person: number;
}

const rows = (): Row[] =>
  people.flatMap((name, person) => {
    const recording = resample(readRecording(join(recordings, `${name}.csv`), axes), rateHz, 'linear');
    const streams = axes.map((axis) => recording.columns.get(axis)!);
    return floatWindows(signal, rateHz, streams).map((x) => ({ x, person }));
  });

/** For each person the three features and thresholds that tell it apart best: stumps, each with a vote. */
function forestOf(train: readonly Row[]): Graph {
  const stumps = people.flatMap((_, person) => {
    const found = Array.from(train[0]!.x, (_, feature) => {
      const values = train.map(({ x }) => x[feature]!).sort((a, b) => a - b);
      // Only gaps that the kernel's rounding cannot bridge.
      const gap = 0.02 * (values.at(-1)! - values[0]!);
      return values.slice(1).flatMap((value, i) => {
        if (value - values[i]! < gap) return [];
        const threshold = (value + values[i]!) / 2;
        const low = train.filter(({ x }) => x[feature]! <= threshold);
        const right = (own: boolean) => low.filter((row) => (row.person === person) === own).length;
        const others = train.filter((row) => row.person !== person).length;
        const hits = right(true) + others - right(false);
        return [
          {
            person,
            feature,
            threshold,
            below: hits >= train.length - hits,
            hits: Math.max(hits, train.length - hits),
          },
        ];
      });
    }).flat();
    return found.sort((a, b) => b.hits - a.hits || a.feature - b.feature).slice(0, 3);
  });
  const each = <T>(make: (stump: (typeof stumps)[number], tree: number) => readonly T[]): T[] =>
    stumps.flatMap(make);
  return {
    name: 'stumps',
    opsets: { '': 15, 'ai.onnx.ml': 3 },
    inputs: [{ name: 'x', type: 'float32', shape: [1, train[0]!.x.length] }],
    outputs: ['label', 'scores'],
    initializers: new Map(),
    nodes: [
      {
        name: 'trees',
        op: 'TreeEnsembleClassifier',
        domain: 'ai.onnx.ml',
        inputs: ['x'],
        outputs: ['label', 'scores'],
        attributes: {
          nodes_treeids: each((_, tree) => [tree, tree, tree]),
          nodes_nodeids: each(() => [0, 1, 2]),
          nodes_featureids: each(({ feature }) => [feature, 0, 0]),
          nodes_modes: each(() => ['BRANCH_LEQ', 'LEAF', 'LEAF']),
          nodes_values: each(({ threshold }) => [Math.fround(threshold), 0, 0]),
          nodes_truenodeids: each(() => [1, 0, 0]),
          nodes_falsenodeids: each(() => [2, 0, 0]),
          class_treeids: each((_, tree) => [tree, tree]),
          class_nodeids: each(() => [1, 2]),
          class_ids: each(({ person }) => [person, person]),
          class_weights: each(({ below }) => (below ? [1, 0.125] : [0.125, 1])),
          classlabels_int64s: people.map((_, person) => person),
        },
      },
    ],
  };
}

const tensor = (data: readonly Float64Array[]): SafeTensor => ({
  dtype: 'F32',
  shape: [data.length, data[0]!.length],
  data: Float64Array.from(data.flatMap((row) => [...row.map(Math.fround)])),
});

beforeAll(() => {
  const all = rows();
  const [train, test] = [0, 1].map((part) => all.filter((_, i) => i % 2 === part)) as [Row[], Row[]];
  const graph = forestOf(train);
  const network = toNetwork(graph);
  const scores = test.map(({ x }) => evaluateNetwork(network, x.map(Math.fround))[network.output]!);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'forest.onnx'), writeOnnx(graph));
  writeFileSync(
    join(folder, 'windows.safetensors'),
    writeSafetensors(
      new Map([
        ['x_train', tensor(train.map(({ x }) => x))],
        ['x_test', tensor(test.map(({ x }) => x))],
        [
          'y_test',
          {
            dtype: 'I32',
            shape: [test.length],
            data: Float64Array.from(test, ({ person }) => person),
          } as SafeTensor,
        ],
        ['scores', tensor(scores)],
      ]),
      {},
    ),
  );
  copyFileSync(join(recordings, 's01-05.csv'), join(folder, 's01.csv'));
  const pipeline: Pipeline = {
    name: 'sixth',
    title: 'Who of four, from 2 s of wrist acceleration (forest of stumps)',
    ...signal,
    decision: { kind: 'argmax' },
    budgets: { latencyMs: 100 },
    rates: [50],
    models: [
      {
        id: 'stumps',
        file: 'forest.onnx',
        rateHz,
        calibration: { file: 'windows.safetensors', tensor: 'x_train' },
        evaluation: {
          kind: 'identification',
          file: 'windows.safetensors',
          x: 'x_test',
          labels: 'y_test',
          floatOutput: 'scores',
        },
      },
    ],
    recordings: [{ file: 's01.csv', subject: 's01', resample: 'linear' }],
  };
  writeFileSync(join(folder, 'pipeline.json'), `// put together by a test\n${JSON.stringify(pipeline)}`);
  // The stumps know something, or all that follows would be empty.
  expect(scores.filter((row, i) => argmax(row) === test[i]!.person).length / test.length).toBeGreaterThan(
    0.6,
  );
});

describe('a sixth system', () => {
  it('is a valid pipeline file by the published schema', () => {
    expect(loadPipeline(join(folder, 'pipeline.json')).pipeline.name).toBe('sixth');
  });

  it('compiles, verifies, simulates and is judged from the command line', async () => {
    const out = join(folder, 'out');
    const compiled = await escapement('compile', folder, '--out', out);
    expect([compiled.code, compiled.err]).toEqual([0, '']);
    const verified = await escapement('verify', folder, '--json');
    expect([verified.code, verified.err]).toEqual([0, '']);
    expect(verified.out).toMatch(/"agreement": (1|0\.99\d*),/);
    const simulated = await escapement('simulate', folder, '--board', 'samsung-gear-live', '--json');
    expect(simulated.err).toBe('');
    expect(JSON.parse(simulated.out)).toMatchObject({ rateHz: 50, windowSeconds: 2, hopSeconds: 0.25 });
    const checked = await escapement('check', folder, '--board', 'samsung-gear-live');
    expect(checked.out).toMatch(/pass +Latency/);
    expect(checked.out).toMatch(/pass +Float parity/);
  }, 30_000);
});
