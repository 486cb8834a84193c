/** The shipped examples: their data is what their READMEs say it is. */
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readRecording, type SensorRecording } from '../../generator/data/recording.ts';
import { resample, toFrames } from '../../generator/data/resample.ts';
import { readSafetensorsFile } from '../../generator/data/safetensors.ts';
import { floatWindows } from '../../generator/pipeline/float-windows.ts';
import type { Pipeline } from '../../generator/pipeline/pipeline.ts';
import { samplesIn } from '../../generator/pipeline/timing.ts';
import { evaluationData } from '../../generator/verify/evaluation-data.ts';
import { compareDecisions, type FixedVerifier } from '../../generator/verify/verify.ts';
import { enrolMvn, mvnDistance } from '../../generator/verify/mvn.ts';
import { cutExamples } from '../../scripts/cut-data.ts';
import { sharedOrSkip } from './shared.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const open = (name: string) => {
  const folder = join(examples, name);
  return {
    folder,
    /** Tables are padded to align: single spaces here. */
    readme: readFileSync(join(folder, 'README.md'), 'utf8').replace(/ +/g, ' '),
    pipeline: JSON.parse(readFileSync(join(folder, 'pipeline.json'), 'utf8')) as Pipeline,
  };
};

/** Values of the raw counts, sample by sample: what the kernel receives. */
function counted(
  recording: SensorRecording,
  pipeline: Pipeline,
  rateHz: number,
  method: Method,
): Float64Array[] {
  const frames = toFrames(recording, pipeline.channels, rateHz, method);
  return pipeline.channels.map(({ lsb }, c) => Float64Array.from(frames, (frame) => frame[c] * lsb));
}
type Method = 'filtered' | 'linear' | undefined;

/** Windows of the streams at every sample, prepared as the pipeline says. */
const everyWindow = (pipeline: Pipeline, rateHz: number, streams: Float64Array[]) =>
  floatWindows({ ...pipeline, window: { ...pipeline.window, hopSeconds: 1 / rateHz } }, rateHz, streams);

const largestDifference = (a: Float64Array, b: Float64Array, limit: number): number => {
  let largest = 0;
  for (let i = 0; i < a.length && largest < limit; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
};

/** How many of the windows lie somewhere in the made ones, and how far the worst of those is off. */
function found(windows: readonly Float64Array[], made: readonly Float64Array[], tolerance: number) {
  const nearest = windows.map((w) => Math.min(...made.map((m) => largestDifference(w, m, tolerance))));
  return nearest.filter((difference) => difference < tolerance).length;
}

describe('examples/pulse', () => {
  const { folder, pipeline, readme } = open('pulse');
  for (const model of pipeline.models) {
    const { rateHz } = model;
    const tensors = readSafetensorsFile(join(folder, model.evaluation!.file));
    const data = evaluationData(tensors, model.evaluation!, {
      steps: 4 * rateHz,
      features: 1,
      outputs: 20,
    });
    if (data.kind !== 'identification') throw new Error('pulse identifies');

    it(`has raw recordings whose preprocessing gives the trained windows at ${rateHz} Hz`, () => {
      for (const { file, subject, resample: method } of pipeline.recordings!) {
        const recording = readRecording(join(folder, file), ['bvp']);
        const own = data.windows.filter((_, i) => data.labels[i] === Number(subject.slice(1)) - 1);
        const exact = everyWindow(pipeline, rateHz, [
          ...resample(recording, rateHz, method).columns.values(),
        ]);
        const within = found(own, exact, 1e-5);
        expect(within, `${subject} at ${rateHz} Hz`).toBeGreaterThanOrEqual(1);
        const fromCounts = everyWindow(pipeline, rateHz, counted(recording, pipeline, rateHz, method));
        expect(found(own, fromCounts, 5e-3), `${subject} at ${rateHz} Hz, counts`).toBe(within);
      }
    });

    it(`states the float figures of its ${rateHz} Hz windows`, () => {
      let i = 0;
      const { float, windows, agreement } = compareDecisions(data, {
        runModel: () => data.floatOutputs[i++],
      });
      expect(agreement).toBe(1);
      const row = [float.accuracy, float.far, float.frr, float.eer].map((x) => (100 * x).toFixed(2));
      expect(readme).toContain(`| ${rateHz} Hz | cut, ${windows} windows | ${row.join(' | ')} |`);
    });
  }
});

describe('examples/deepauth', () => {
  const { folder, pipeline, readme } = open('deepauth');
  const names = pipeline.channels.map((channel) => channel.name);
  const data = pipeline.models.map((model) => {
    const tensors = readSafetensorsFile(join(folder, model.evaluation!.file));
    const steps = samplesIn(pipeline.window.seconds, model.rateHz);
    const data = evaluationData(tensors, model.evaluation!, { steps, features: names.length, outputs: 32 });
    if (data.kind !== 'verification') throw new Error('deepauth verifies');
    return { model, data };
  });

  it('has raw recordings whose preprocessing gives the trained windows', () => {
    const { test } = data[0].data;
    for (const { file, subject, resample: method } of pipeline.recordings!) {
      const recording = readRecording(join(folder, file), names);
      const own = test.windows.filter((_, i) => test.users[i] === Number(subject.slice(1)));
      const exact = everyWindow(pipeline, 50, [...resample(recording, 50, method).columns.values()]);
      // Test windows begin every 25 samples: all of this execution are there.
      expect(found(own, exact, 1e-5), subject).toBe(Math.floor((exact.length - 1) / 25) + 1);
      const fromCounts = everyWindow(pipeline, 50, counted(recording, pipeline, 50, method));
      expect(found(own, fromCounts, 5e-4), `${subject}, counts`).toBe(found(own, exact, 1e-5));
    }
  });

  for (const { model, data: variant } of data)
    it(`states the float figures of ${model.id}`, () => {
      const outputs = new Map(
        [variant.enrol, variant.test].flatMap(({ windows, floatOutputs }) =>
          windows.map((window, i) => [window, floatOutputs[i]] as const),
        ),
      );
      const decision = { threshold: model.threshold!, epsilon: 1e-6 };
      const float = floatVerifier(outputs, decision);
      const result = compareDecisions(variant, { verifier: float }, decision);
      expect(result.agreement).toBe(1);
      expect(result.fixed).toEqual(result.float);
      const { accuracy, far, frr, eer } = result.float;
      const row = [accuracy, far, frr, eer].map((x) => (100 * x).toFixed(2));
      expect(readme).toContain(`| ${model.id} | cut, ${result.trials} trials | ${row.join(' | ')} |`);
    });
});

/** The float decision behind the interface of the kernel. */
function floatVerifier(
  outputs: ReadonlyMap<Float64Array, Float64Array>,
  { threshold, epsilon }: { threshold: number; epsilon: number },
): FixedVerifier {
  let enrolled: Float64Array[] = [];
  return {
    reset: () => (enrolled = []),
    enrol: (window) => enrolled.push(outputs.get(window)!),
    decide: (window) => {
      const distance = mvnDistance(outputs.get(window)!, enrolMvn(enrolled, epsilon));
      return { accepted: distance <= threshold, distance };
    },
  };
}

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

describe('the cut', () => {
  it('stays small', () => {
    const bytes = ['pulse', 'deepauth']
      .flatMap((name) => files(join(examples, name)))
      .map((f) => statSync(f).size);
    expect(bytes.reduce((a, b) => a + b)).toBeLessThan(6e6);
  });

  it('is what scripts/cut-data.ts makes of the full data', (context) => {
    sharedOrSkip(context, 'data/stress_predict_e4');
    const shared = sharedOrSkip(context, '');
    const fresh = mkdtempSync(join(tmpdir(), 'cut-'));
    cutExamples(shared, fresh);
    for (const file of files(fresh))
      expect(readFileSync(file).equals(readFileSync(file.replace(fresh, examples))), file).toBe(true);
  });
});
