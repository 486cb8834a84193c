import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { status } from '../../kernel/manifest.ts';
import { checkPipeline } from '../pipeline/check.ts';
import type { ModelVariant, Pipeline, PipelineDecision } from '../pipeline/pipeline.ts';
import { pipelineOf, stageBench, type StageBench } from './testing.ts';

const hopSeconds = 0.12;
const window = { seconds: 0.16, hopSeconds }; // 4 and 3 samples at 25 Hz
const outputScale = 2 ** -10;
const decision = (part: Partial<Extract<PipelineDecision, { kind: 'score' }>> = {}): PipelineDecision => ({
  kind: 'score',
  thresholds: [0.25],
  retrain: { below: 0.2, seconds: 0.36 },
  ...part,
});
const LOW = 205; // first step that is not below 0.2
const THRESHOLD = 256;

describe('score', () => {
  let bench: StageBench;
  beforeAll(async () => {
    bench = await stageBench(pipelineOf({ window, decision: decision() }), 25, {
      outputs: 1,
      inputScale: outputScale,
      outputScale,
    });
  });

  /** decide() on a score in steps, on both sides. */
  function decide(score: number): number {
    bench.write('signal_window_state', [0, 0, 1, 1, 0]);
    bench.write('model_y', [score]);
    return bench.call('decide');
  }
  const confidence = () => bench.memory.i32('decision_score')[0] * outputScale;
  const asks = () => bench.memory.i32('decision_retrain')[0];

  it('accepts from the threshold on, and leaves how far it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32768, max: 32767 }), (score) => {
        bench.reset();
        expect(decide(score)).toBe(score * outputScale >= 0.25 ? 1 : 0);
        expect(confidence()).toBeCloseTo(score * outputScale - 0.25, 9);
      }),
    );
  });

  it('asks for new training after low but positive confidence for the whole time, and for nothing else', () => {
    const score = fc.oneof(
      fc.integer({ min: THRESHOLD, max: THRESHOLD + LOW + 3 }),
      fc.integer({ min: THRESHOLD, max: THRESHOLD + LOW + 3 }),
      fc.integer({ min: -1000, max: 1000 }),
    );
    fc.assert(
      fc.property(fc.array(score, { maxLength: 20 }), (scores) => {
        bench.reset();
        let row = 0;
        let asked = false;
        for (const value of scores) {
          decide(value);
          const above = value * outputScale - 0.25;
          row = above >= 0 && above < 0.2 ? row + 1 : 0;
          asked ||= row >= 3;
          expect(asks()).toBe(asked ? 1 : 0);
        }
      }),
    );
  });

  it('is not asked by somebody else, whose windows are rejected between', () => {
    bench.reset();
    for (let i = 0; i < 50; i++) decide(i % 3 === 2 ? THRESHOLD - 1 : THRESHOLD + 1);
    expect(asks()).toBe(0);
    for (let i = 0; i < 3; i++) decide(THRESHOLD + 1);
    expect(asks()).toBe(1);
    decide(32767);
    expect(asks()).toBe(1);
  });

  it('refuses to judge a window that was not full', () => {
    bench.reset();
    bench.call('prepare');
    expect(bench.call('decide')).toBe(status.windowNotReady);
  });
});

describe('score refusals', () => {
  const variant = (part: Partial<ModelVariant> = {}): ModelVariant => ({
    id: 'm',
    file: 'package.json',
    rateHz: 25,
    calibration: { file: 'package.json', tensor: 'x' },
    ...part,
  });
  const check = (d: PipelineDecision, model = variant()) => {
    const pipeline: Pipeline = pipelineOf({ window, decision: d, models: [model] });
    return () => checkPipeline(pipeline, { at: (field) => `t.json: ${field}`, resolve: (file) => file });
  };

  it('accepts one threshold a context', () => {
    expect(check(decision())).not.toThrow();
    const perContext = { features: 1, files: ['package.json', 'package.json'] };
    expect(check(decision({ thresholds: [1, -2] }), variant({ perContext }))).not.toThrow();
    expect(check(decision({ thresholds: [1] }), variant({ perContext }))).toThrow(
      /ESC232 t\.json: decision\.thresholds: 1 threshold for 2 models\./,
    );
  });

  it.each<[RegExp, () => void]>([
    [/ESC211 .*thresholds is empty/, check(decision({ thresholds: [] }))],
    [/ESC231 .*thresholds\[0\] is NaN\. Give a finite number/, check(decision({ thresholds: [Number.NaN] }))],
    [/ESC232 .*2 thresholds for 1 model\./, check(decision({ thresholds: [1, 2] }))],
    [/ESC210 .*retrain\.below/, check(decision({ retrain: { below: 0, seconds: 1 } }))],
    [
      /ESC234 .*retrain\.seconds is 0\.1 s, less than the 0\.12 s/,
      check(decision({ retrain: { below: 1, seconds: 0.1 } })),
    ],
    [/ESC228 .*models\[0\]\.threshold/, check(decision(), variant({ threshold: 1 }))],
    [
      /ESC227 .*evaluation\.kind is "identification"/,
      check(
        decision(),
        variant({ evaluation: { kind: 'identification', file: 'a', x: 'x', labels: 'y', floatOutput: 'z' } }),
      ),
    ],
    [
      /ESC214 .*perContext\.files\[1\]: there is no file "nowhere\.onnx"/,
      check(
        decision({ thresholds: [1, 2] }),
        variant({ perContext: { features: 1, files: ['package.json', 'nowhere.onnx'] } }),
      ),
    ],
  ])('%s', (text, run) => {
    expect(run).toThrow(text);
  });
});
