import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { status } from '../../kernel/manifest.ts';
import { chacha20 } from '../features/integer/chacha20.ts';
import { distances, type VectorDistance } from '../features/distances/registry.ts';
import { projections } from '../features/protect.ts';
import { checkPipeline } from '../pipeline/check.ts';
import type { ModelVariant, Pipeline, PipelineDecision } from '../pipeline/pipeline.ts';
import type { DecisionOf } from './decision.ts';
import { nearestTemplate } from './template-float.ts';
import { pipelineOf, stageBench, type StageBench } from './testing.ts';

type Template = DecisionOf<'template'>;
const FEATURES = 6;
const CAPACITY = 4;
const outputScale = 2 ** -10;
const window = { seconds: FEATURES / 25, hopSeconds: 0.04 };
const centre = [0.5, -1, 0, 2, 0.25, 0];
const decision = (part: Partial<Template>): Template => ({
  kind: 'template',
  distance: 'euclidean',
  threshold: 2,
  capacity: CAPACITY,
  renew: false,
  suspend: false,
  ...part,
});
const open = (part: Partial<Template>) =>
  stageBench(pipelineOf({ window, decision: decision(part) }), 25, {
    outputs: FEATURES,
    inputScale: outputScale,
    outputScale,
  });

const key = [1, -2, 3, 4, 5, 6, 7, 0x7fffffff];
const ready = (bench: StageBench) => bench.write('signal_window_state', [0, 0, 1, 1, 0]);
function enrol(bench: StageBench, x: readonly number[]): number {
  ready(bench);
  bench.write('model_y', x);
  return bench.call('enrol');
}
function decide(bench: StageBench, x: readonly number[]): number {
  ready(bench);
  bench.write('model_y', x);
  return bench.call('decide');
}
const scoreOf = (bench: StageBench): number => {
  const { scale } = bench.built.program.blocks.find((b) => b.name === 'decision_score')!;
  return bench.memory.i32('decision_score')[0] * scale!;
};

const vector = fc
  .constantFrom(4, 300, 32767)
  .chain((m) => fc.array(fc.integer({ min: -m, max: m }), { minLength: FEATURES, maxLength: FEATURES }));
const templates = fc.array(vector, { minLength: 1, maxLength: CAPACITY });

describe.each(Object.keys(distances) as VectorDistance[])('template by %s distance', (distance) => {
  let plain: StageBench;
  let ranged: StageBench;
  beforeAll(async () => {
    plain = await open({ distance });
    ranged = await open({ distance, leastRange: 16 * outputScale });
  });

  it('gives the bits of the reference and the float distance within its bound', () => {
    fc.assert(
      fc.property(templates, vector, (enrolled, x) => {
        plain.reset();
        for (const t of enrolled) enrol(plain, t);
        const answer = decide(plain, x);
        const real = (v: readonly number[]) => v.map((w) => w * outputScale);
        const expected = nearestTemplate(enrolled.map(real), real(x), { distance });
        const { inUnits, bound } = distances[distance];
        const unit = inUnits ? outputScale : 1;
        const slack = Math.max(...enrolled.map((t) => bound(x, t))) * unit + 2 ** -15.9;
        expect(Math.abs(scoreOf(plain) - expected)).toBeLessThanOrEqual(slack + expected * 1e-9);
        if (Math.abs(expected - 2) > slack) expect(answer).toBe(expected <= 2 ? 1 : 0);
      }),
      { numRuns: 120 },
    );
  });

  it('gives the bits of the reference on features brought to the range of the enrolled windows', () => {
    fc.assert(
      fc.property(templates, vector, (enrolled, x) => {
        ranged.reset();
        for (const t of enrolled) enrol(ranged, t);
        decide(ranged, x);
        const expected = nearestTemplate(enrolled, x, { distance, leastRange: 16 });
        // Ranges are exact, features are rounded to 2^-14 of them: relative to the vectors' own size.
        if (distances[distance].inUnits)
          expect(Math.abs(scoreOf(ranged) - Math.min(expected, 32768))).toBeLessThanOrEqual(
            FEATURES * 2 ** -13 + expected * 3e-3,
          );
      }),
      { numRuns: 120 },
    );
  });
});

describe('template', () => {
  it('answers a status before there is a template, and when all places are taken', async () => {
    const bench = await open({});
    expect(decide(bench, [0, 0, 0, 0, 0, 0])).toBe(status.notEnrolled);
    for (let i = 1; i <= CAPACITY; i++) expect(enrol(bench, [i, 0, 0, 0, 0, 0])).toBe(i);
    expect(enrol(bench, [9, 0, 0, 0, 0, 0])).toBe(status.templateFull);
    bench.reset();
    bench.call('prepare');
    expect(bench.call('decide')).toBe(status.windowNotReady);
  });

  it('replaces the oldest where it may, and suspends after a rejection until the host lifts it', async () => {
    const bench = await open({ renew: true, suspend: true });
    const far = (v: number) => [v, 0, 0, 0, 0, 0];
    for (let i = 0; i < CAPACITY; i++) enrol(bench, far(0));
    expect(decide(bench, far(2048))).toBe(1);
    expect(decide(bench, far(2049))).toBe(0);
    expect(decide(bench, far(0))).toBe(status.suspended);
    bench.write('decision_suspended', [0]);
    for (let i = 0; i < CAPACITY; i++) expect(enrol(bench, far(4096))).toBe(CAPACITY);
    expect(decide(bench, far(4096))).toBe(1);
    expect(decide(bench, far(0))).toBe(0);
  });
});

describe('protected templates', () => {
  const protection = { bits: 64, centre };
  let bench: StageBench;
  beforeAll(async () => {
    bench = await open({ distance: 'hamming', threshold: 0.25, protection });
  });
  const zeros = [0, 0, 0, 0, 0, 0, 0, 0];

  it('give the bits of the reference and the share of the float meaning', () => {
    fc.assert(
      fc.property(
        templates,
        vector,
        fc.array(fc.integer(), { minLength: 8, maxLength: 8 }),
        (enrolled, x, words) => {
          fc.pre(words.some((w) => w !== 0));
          bench.reset();
          bench.write('decision_key', words);
          for (const t of enrolled) enrol(bench, t);
          const answer = decide(bench, x);
          const real = (v: readonly number[]) => v.map((w) => w * outputScale);
          const options = { distance: 'hamming', protection, key: words } as const;
          expect(scoreOf(bench)).toBeCloseTo(nearestTemplate(enrolled.map(real), real(x), options), 9);
          expect(answer).toBe(scoreOf(bench) <= 0.25 ? 1 : 0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('need a key, and keep it over a reset', () => {
    bench.reset();
    bench.write('decision_key', zeros);
    expect(enrol(bench, zeros.slice(0, FEATURES))).toBe(status.noKey);
    expect(decide(bench, zeros.slice(0, FEATURES))).toBe(status.noKey);
    bench.write('decision_key', key);
    bench.reset();
    expect([...bench.memory.i32('decision_key')]).toEqual(key);
  });

  it('hold no feature: nothing but bits', () => {
    const block = bench.built.program.blocks.find((b) => b.name === 'decision_template')!;
    expect([block.type, block.length]).toEqual(['i32', (CAPACITY * 64) / 32]);
  });

  it('draw signs from the key stream of RFC 8439', () => {
    // Section 2.3.2: key 00 01 .. 1f, nonce 00:00:00:09:00:00:00:4a:00:00:00:00, block 1.
    const words = Array.from(
      { length: 8 },
      (_, i) => ((4 * i + 3) << 24) | ((4 * i + 2) << 16) | ((4 * i + 1) << 8) | (4 * i),
    );
    const stream = chacha20(words, 1, [0x09000000, 0x4a000000, 0]);
    expect([...stream.slice(0, 4)].map((w) => (w >>> 0).toString(16))).toEqual([
      'e4e7f110',
      '15593bd1',
      '1fdd0f50',
      'c47120a3',
    ]);
    const signs = projections(key, 128, 100);
    const mean = signs.reduce((a, b) => a + b, 0) / signs.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(signs.length));
  });

  it('of two keys have nothing in common', () => {
    const [a, b] = [projections(key, 256, 102), projections([...key.slice(0, 7), 1], 256, 102)];
    const same = a.filter((sign, i) => sign === b[i]).length / a.length;
    expect(Math.abs(same - 0.5)).toBeLessThan(0.02);
  });
});

describe('refusals of features without a model', () => {
  const minmax = { step: 'minmax', low: [0], high: [1] } as const;
  const features = { step: 'features', features: [{ kind: 'mean' }] } as const;
  const check = (variant: Partial<ModelVariant>, part: Partial<Pipeline> = {}) => {
    const models = [
      {
        id: 'm',
        file: 'package.json',
        passThrough: true as const,
        rateHz: 25,
        calibration: { file: 'package.json', tensor: 'x' },
        ...variant,
      },
    ];
    const pipeline = pipelineOf({ decision: decision({}), models, ...part });
    return () => checkPipeline(pipeline, { at: (field) => `t.json: ${field}`, resolve: (file) => file });
  };
  const ranged = { preprocess: [features, minmax] } as unknown as Partial<Pipeline>;

  it.each<[RegExp, () => void]>([
    [/ESC236 t\.json: models\[0\]\.passThrough.*one scale\. .*"minmax"/, check({})],
    [/ESC237 .*"argmax" needs a trained model/, check({}, { ...ranged, decision: { kind: 'argmax' } })],
    [/ESC238 .*"neighbours"/, check({ neighbours: { vectors: 'x', labels: 'y', k: 1 } }, ranged)],
  ])('%s', (text, run) => {
    expect(run).toThrow(text);
  });

  it('take what a distance can compare', () => {
    expect(check({}, ranged)).not.toThrow();
  });
});

describe('template refusals', () => {
  const check = (part: Partial<Template>, variant: Partial<ModelVariant> = {}) => {
    const model = {
      id: 'm',
      file: 'package.json',
      rateHz: 25,
      calibration: { file: 'package.json', tensor: 'x' },
      ...variant,
    };
    const pipeline = pipelineOf({ decision: decision(part) as PipelineDecision, models: [model] });
    return () => checkPipeline(pipeline, { at: (field) => `t.json: ${field}`, resolve: (file) => file });
  };

  it.each<[RegExp, () => void]>([
    [/ESC240 .*decision\.capacity is 0\. .*1 to 256/, check({ capacity: 0 })],
    [/ESC210 .*decision\.threshold/, check({ threshold: 0 })],
    [/ESC210 .*models\[0\]\.threshold/, check({}, { threshold: -1 })],
    [/ESC210 .*decision\.leastRange/, check({ leastRange: 0 })],
    [/ESC235 t\.json: decision\.distance is "hamming"/, check({ distance: 'hamming' })],
    [/ESC235 t\.json: models\[0\]\.distance is "hamming"/, check({}, { distance: 'hamming' })],
    [/ESC240 .*protection\.bits is 33\./, check({ protection: { bits: 33, centre } })],
    [/ESC231 .*protection\.centre\[1\] is NaN/, check({ protection: { bits: 32, centre: [0, Number.NaN] } })],
    [
      /ESC227 .*"identification"/,
      check({}, { evaluation: { kind: 'identification', file: 'a', x: 'x', labels: 'y', floatOutput: 'z' } }),
    ],
  ])('%s', (text, run) => {
    expect(run).toThrow(text);
  });

  it('refuses a centre of another length (ESC243)', async () => {
    await expect(open({ distance: 'hamming', protection: { bits: 32, centre: [1] } })).rejects.toThrow(
      /ESC243 .*centre has 1 number/,
    );
  });
});
