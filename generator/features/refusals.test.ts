import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSafetensors } from '../data/safetensors.ts';
import { buildProgram } from '../pipeline/build-program.ts';
import { checkPipeline } from '../pipeline/check.ts';
import type { Pipeline, PreprocessStep, WindowFeature } from '../pipeline/pipeline.ts';
import { neighboursNetwork } from './neighbours-network.ts';
import { channel, handOn, pipelineOf } from '../stages/testing.ts';

const features = (...list: WindowFeature[]): PreprocessStep => ({ step: 'features', features: list });
const mean = features({ kind: 'mean' });

function check(preprocess: PreprocessStep[], part: Partial<Pipeline> = {}): () => void {
  const model = {
    id: 'm',
    file: 'package.json',
    rateHz: 25,
    calibration: { file: 'package.json', tensor: 'x' },
  };
  const pipeline = pipelineOf({ preprocess, models: [model], ...part });
  return () => checkPipeline(pipeline, { at: (field) => `test.json: ${field}`, resolve: (file) => file });
}

const twoAxes = { channels: [channel('a'), channel('b')] };

describe('features of a window', () => {
  it('are accepted in their order', () => {
    expect(
      check([{ step: 'movingAverage', samples: 9 }, mean, { step: 'minmax', low: [0], high: [1] }]),
    ).not.toThrow();
    expect(check([{ step: 'scale', divisors: [2] }, mean])).not.toThrow();
    expect(check([features({ kind: 'covariance', axis: 1 })], twoAxes)).not.toThrow();
  });

  it.each([1, 2.5, 0, 257, Number.NaN])('refuse %d bins (ESC240)', (bins) => {
    expect(check([features({ kind: 'mean' }, { kind: 'mode', bins })])).toThrow(
      /^ESC240 test\.json: preprocess\[0\]\.features\[1\]\.bins is .*\. Give a whole number of bins from 2 to 256\./,
    );
  });

  it.each([1, 128, 4.5])('refuse a moving average of %d samples (ESC240)', (samples) => {
    expect(check([{ step: 'movingAverage', samples }])).toThrow(
      /ESC240 .*preprocess\[0\]\.samples.* 2 to 127/,
    );
  });

  it('refuse an axis that the sensor does not have (ESC241)', () => {
    expect(check([features({ kind: 'correlation', axis: 2 })], twoAxes)).toThrow(
      /ESC241 .*features\[0\]\.axis is 2, but a sensor here has 2 axes\. .*1 \(the next axis\) to 1/,
    );
    expect(check([features({ kind: 'covariance', axis: 1 })])).toThrow(
      /ESC241 .*has 1 axis\. Remove the feature/,
    );
  });

  it.each<[string, PreprocessStep[]]>([
    ['a band-pass behind features', [mean, { step: 'bandpass', lowHz: 1, highHz: 5 }]],
    ['a normalisation behind features', [mean, { step: 'zscore', epsilon: 1 }]],
    ['a factor behind features', [mean, { step: 'scale', divisors: [1] }]],
    ['features twice', [mean, mean]],
    ['features behind a normalisation', [{ step: 'zscore', epsilon: 1 }, mean]],
    ['ranges without features', [{ step: 'minmax', low: [0], high: [1] }]],
    [
      'a filter behind a moving average',
      [
        { step: 'movingAverage', samples: 3 },
        { step: 'bandpass', lowHz: 1, highHz: 5 },
      ],
    ],
    [
      'a moving average behind a filter',
      [
        { step: 'bandpass', lowHz: 1, highHz: 5 },
        { step: 'movingAverage', samples: 3 },
      ],
    ],
    [
      'two moving averages',
      [
        { step: 'movingAverage', samples: 3 },
        { step: 'movingAverage', samples: 3 },
      ],
    ],
  ])('refuse %s (ESC242)', (_, steps) => {
    expect(check(steps)).toThrow(/^ESC242 test\.json: preprocess\[[01]\]: ".*The order is/);
  });

  it('refuse ranges of another number of features (ESC243)', () => {
    expect(check([mean, { step: 'minmax', low: [0, 1], high: [1] }])).toThrow(
      /ESC243 .*\.low has 2 numbers, but the window has 1 features\. Give one number a feature/,
    );
  });

  it('refuse an empty range (ESC244)', () => {
    expect(check([mean, { step: 'minmax', low: [1], high: [1] }])).toThrow(
      /ESC244 .*feature 0 has the range 1 to 1/,
    );
  });

  it('refuse a model of another number of features (ESC245)', () => {
    const pipeline = pipelineOf({ preprocess: [mean] });
    const quantized = handOn({ steps: 100, channels: 1, inputs: 7, outputs: 1 });
    expect(() =>
      buildProgram({ name: 'test', pipeline, variant: { id: 'a' }, rateHz: 25, steps: 100, quantized }),
    ).toThrow(/ESC245 test: the model takes 7 values, the pipeline gives 1 columns of 1 features/);
  });
});

describe('vector lengths and spectra', () => {
  const lengths: PreprocessStep = { step: 'magnitude' };
  const axes = (...lsbs: number[]) => ({ channels: lsbs.map((lsb, i) => channel(`c${i}`, lsb)) });

  it.each([31, 64.5, 4, 8192, 64])('refuse a transform of %d for windows of 100 samples (ESC248)', (size) => {
    expect(check([features({ kind: 'spectralPeak', rank: 1, size })])).toThrow(
      /ESC248 .*features\[0\]\.size is .*power of two of at least 8 and the longest window \(100 samples\).*4096/,
    );
    expect(check([features({ kind: 'spectralPeakFrequency', rank: 2, size: 128 })])).not.toThrow();
  });

  it('refuse a third line (ESC240)', () => {
    expect(check([features({ kind: 'spectralPeak', rank: 3 as 2, size: 128 })])).toThrow(
      /ESC240 .*\.rank is 3/,
    );
  });

  it('refuse axes that make no vector (ESC249)', () => {
    expect(check([lengths, mean], axes(1, 2))).toThrow(/ESC249 .*axes of the ppg .*one lsb/);
    expect(check([lengths, mean], axes(1, 1, 1, 1, 1))).toThrow(/ESC249/);
    expect(check([lengths, mean], axes(2, 2, 2))).not.toThrow();
  });

  it('tell devices apart', () => {
    const channels = ['phone', 'watch'].flatMap((device) =>
      [1, 2].map((i) => ({ ...channel(`${device}${i}`), device })),
    );
    const minmax: PreprocessStep = { step: 'minmax', low: [0, 0], high: [1, 1] };
    expect(check([lengths, mean, minmax], { channels })).not.toThrow();
    expect(check([features({ kind: 'covariance', axis: 1 })], { channels })).not.toThrow();
  });

  it.each<[string, PreprocessStep[]]>([
    ['behind another step', [{ step: 'movingAverage', samples: 3 }, lengths, mean]],
    ['before a filter', [lengths, { step: 'bandpass', lowHz: 1, highHz: 5 }, mean]],
    ['alone', [lengths]],
  ])('refuse lengths %s (ESC242)', (_, steps) => {
    expect(check(steps)).toThrow(/ESC242 .*"magnitude"/);
  });
});

describe('nearest neighbours', () => {
  const folder = mkdtempSync(join(tmpdir(), 'neighbours-'));
  const file = join(folder, 'vectors.safetensors');
  const tensor = (shape: number[], data: number[]) => ({
    dtype: 'F32' as const,
    shape,
    data: Float64Array.from(data),
  });
  writeFileSync(
    file,
    writeSafetensors(
      new Map([
        ['x', tensor([3, 2], [0, 1, 2, 3, 4, 5])],
        ['flat', tensor([6], [0, 1, 2, 3, 4, 5])],
        ['endless', tensor([3, 2], [0, 1, 2, Infinity, 4, 5])],
        ['y', tensor([3], [0, 1, 1])],
        ['half', tensor([3], [0, 0.5, 1])],
      ]),
    ),
  );
  const make = (vectors: string, labels: string, k: number) => () =>
    neighboursNetwork(file, { vectors, labels, k });

  it('become a network of one layer', () => {
    expect(make('x', 'y', 2)().buffers).toEqual({
      features: { steps: 1, features: 2 },
      shares: { steps: 1, features: 2 },
    });
  });

  it.each<[RegExp, () => unknown]>([
    [/ESC240 neighbours\.k is 4\. .*from 1 to 3/, make('x', 'y', 4)],
    [/ESC254 .*no tensor "z"/, make('z', 'y', 1)],
    [
      /ESC280 .*"flat" has the shape \[6\] where one vector of features for each of 3 labels/,
      make('flat', 'y', 1),
    ],
    [/ESC281 .*label 0.5 at window 1/, make('x', 'half', 1)],
    [/ESC283 .*"endless" holds Infinity at element 3/, make('endless', 'y', 1)],
  ])('are refused as %s', (text, made) => {
    expect(made).toThrow(text);
  });
});

describe('samples with timestamps', () => {
  it.each([0, -1, 1.1, Number.NaN])('refuse to bridge %d s (ESC246)', (longestGapSeconds) => {
    expect(check([], { timestamps: { longestGapSeconds } })).toThrow(
      /ESC246 test\.json: timestamps\.longestGapSeconds is .*at most 1\.0 s/,
    );
  });

  it('refuse a sensor whose channels stand apart (ESC247)', () => {
    const channels = [channel('a'), { ...channel('b'), sensor: 'gyroscope' as const }, channel('c')];
    const timestamps = { longestGapSeconds: 1 };
    expect(check([], { channels, timestamps })).toThrow(
      /ESC247 .*channels of the ppg stand apart.*one behind the other/,
    );
    expect(check([], { channels })).not.toThrow();
  });
});
