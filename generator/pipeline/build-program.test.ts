import { describe, expect, it } from 'vitest';
import { channel, handOn, pipelineOf } from '../stages/testing.ts';
import { buildProgram, type ProgramInput } from './build-program.ts';
import type { Pipeline } from './pipeline.ts';

function build(
  part: Partial<Pipeline>,
  shape: { steps?: number; outputs?: number } = {},
  change: Partial<ProgramInput> = {},
) {
  const pipeline = pipelineOf({ channels: [channel('a'), channel('b')], ...part });
  const { steps = 100, outputs = 3 } = shape;
  const quantized = handOn({ steps, channels: 2, outputs });
  return buildProgram({
    name: 'test/25hz',
    pipeline,
    variant: { id: 'x' },
    rateHz: 25,
    steps: 100,
    quantized,
    ...change,
  });
}

const bandpass = { step: 'bandpass', lowHz: 0.5, highHz: 8 } as const;
const zscore = { step: 'zscore', epsilon: 1e-6 } as const;
const mvn = { kind: 'mvn', threshold: 30, epsilon: 1e-6 } as const;

describe('buildProgram', () => {
  it('puts filter, normalisation, model and decision into the order of an inference', () => {
    const { program, decision, io } = build({ preprocess: [bandpass, zscore] });
    expect(program.stages.map((s) => s.name)).toEqual([
      'signal_push',
      'signal_zscore',
      'model_hand_on',
      'decision_argmax',
    ]);
    expect(program.entries).toEqual([
      { name: 'push', stages: ['signal_push'] },
      { name: 'prepare', stages: ['signal_zscore'] },
      { name: 'model', stages: ['model_hand_on'] },
      { name: 'decide', stages: ['decision_argmax'] },
      { name: 'infer', stages: ['signal_zscore', 'model_hand_on', 'decision_argmax'] },
    ]);
    expect(decision).toEqual({ kind: 'argmax', classes: 3 });
    expect(io).toEqual({ frame: 'signal_frame', modelInput: 'model_x', modelOutput: 'model_y' });
  });

  it('adds enrolment and a score where the decision learns', () => {
    const { program, decision, io } = build({
      preprocess: [{ step: 'scale', divisors: [1, 2] }],
      decision: mvn,
    });
    expect(program.entries.at(-1)).toEqual({ name: 'enrol', stages: ['decision_enrol'] });
    expect(program.entries.map((e) => e.name)).toContain('infer');
    expect(decision).toEqual({ kind: 'mvn', features: 3, threshold: 30 });
    expect(io.score).toBe('decision_score');
    expect(program.blocks.find((b) => b.name === 'decision_score')).toMatchObject({
      type: 'i64',
      scale: 2 ** -20,
    });
  });

  it('names every block that a stage touches', () => {
    for (const part of [{ preprocess: [bandpass, zscore] }, { decision: mvn }]) {
      const { program } = build(part);
      const known = program.blocks.map((b) => b.name);
      for (const stage of program.stages) {
        for (const block of stage.blocks) expect(known).toContain(block);
        const used = new Set(stage.body.flatMap((line) => line.match(/\$[A-Za-z_]\w*/g) ?? []));
        for (const address of used) expect(stage.blocks).toContain(address.slice(1));
      }
    }
  });

  it('keeps every proof inside its limit', () => {
    for (const decision of [mvn, { kind: 'argmax' } as const])
      for (const rateHz of [20, 128, 512]) {
        const steps = rateHz * 4;
        const quantized = handOn({ steps, channels: 2, outputs: 4 });
        const { program } = build(
          { preprocess: [bandpass, zscore], decision },
          {},
          { rateHz, steps, quantized },
        );
        const proofs = program.stages.flatMap((s) => s.proofs);
        expect(proofs.length).toBeGreaterThan(5);
        for (const { where, worstCase, limit } of proofs) expect(worstCase, where).toBeLessThan(limit);
      }
  });

  it('gives the same program for the same pipeline', () => {
    const text = () =>
      JSON.stringify(build({ preprocess: [bandpass, zscore] }), (_, v) =>
        typeof v === 'bigint' ? `${v}` : v,
      );
    expect(text()).toBe(text());
  });

  it('refuses a model that takes another window (ESC230)', () => {
    expect(() => build({}, { steps: 80 })).toThrow(
      /ESC230 test\/25hz: the model takes 160 values, the pipeline gives 100 steps of 2 channels\. Make window/,
    );
  });

  it('refuses an epsilon beyond the features of an mvn decision (ESC225)', () => {
    expect(() => build({ decision: { ...mvn, epsilon: 1e6 } })).toThrow(/ESC225 test: decision\.epsilon/);
  });
});
