import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../common/refusals/index.ts';
import { loadPipeline, parsePipeline } from './load.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const valid = {
  name: 'pulse',
  title: 'Pulse',
  channels: [{ name: 'bvp', sensor: 'ppg', unit: 'nW', lsb: 0.01 }],
  window: { seconds: 4, hopSeconds: 4 },
  preprocess: [
    { step: 'bandpass', lowHz: 0.5, highHz: 8 },
    { step: 'zscore', epsilon: 1e-6 },
  ],
  decision: { kind: 'argmax' },
  budgets: { latencyMs: 500 },
  rates: [20, 25, 512],
  models: [
    {
      id: '25hz',
      family: 'bilstm',
      file: 'model.onnx',
      rateHz: 25,
      calibration: { file: 'windows.safetensors', tensor: 'x' },
      evaluation: {
        kind: 'identification',
        file: 'windows.safetensors',
        x: 'x',
        labels: 'y',
        floatOutput: 'o',
      },
    },
  ],
  recordings: [{ file: 'one.csv', subject: 'S01' }],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
  for (const file of ['model.onnx', 'windows.safetensors', 'one.csv']) writeFileSync(join(folder, file), '');
  mkdirSync(join(folder, 'sub'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the valid pipeline with one field replaced, or removed by `undefined`. */
function changed(field: string, value: unknown): Json {
  const copy = structuredClone(valid) as unknown as Record<string, unknown>;
  const path = field.split('.');
  const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
  const key = path.at(-1)!;
  if (value === undefined) delete holder[key];
  else holder[key] = value;
  return copy as Json;
}

const load = (value: unknown) => {
  const path = join(folder, 'pulse.json');
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return loadPipeline(path);
};

/** The refusal's message with the folder taken out. */
function refusal(value: unknown): string {
  try {
    load(value);
  } catch (error) {
    if (error instanceof Refusal) return error.message.replaceAll(join(folder, '/'), '');
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('loadPipeline', () => {
  it('gives the pipeline as written, with paths that resolve beside the file', () => {
    const loaded = load(valid);
    expect(loaded.pipeline).toEqual(valid);
    expect(loaded.path).toBe(join(folder, 'pulse.json'));
    const { resolve } = loaded;
    expect(resolve('model.onnx')).toBe(join(folder, 'model.onnx'));
    expect(resolve('/elsewhere/x')).toBe('/elsewhere/x');
  });

  it('reads a file that begins with a byte-order mark', () => {
    expect(load(`\uFEFF${JSON.stringify(valid)}`).pipeline.name).toBe('pulse');
  });

  it('refuses files that cannot be read (ESC201)', () => {
    expect(() => loadPipeline(join(folder, 'none.json'))).toThrow(
      /ESC201 .*none\.json: there is no such file\. Give/,
    );
    expect(() => loadPipeline(join(folder, 'sub'))).toThrow(/ESC201 .*sub: it is a folder/);
  });

  it('refuses what is not JSON, by line and column (ESC202, ESC207)', () => {
    expect(refusal('{\n  "name": "pulse"\n  "title": 1\n}')).toBe(
      'ESC202 pulse.json, line 3, column 3: not JSON, expected "," or "}". Mend this place.',
    );
    expect(refusal('{"name": "a",\n "name": "b"}')).toMatch(
      /ESC207 pulse\.json, line 2, column 2: the field "name" stands twice.*Keep one/,
    );
  });
});

const cases: [string, string, unknown, RegExp][] = [
  [
    'ESC203',
    'windw',
    { seconds: 4 },
    /pulse\.json: there is no field "windw" here\. Did you mean window\? Known fields: /,
  ],
  [
    'ESC203',
    'models.0.calibration.tensr',
    'x',
    /models\[0\]\.calibration: there is no field "tensr".*Did you mean tensor/,
  ],
  ['ESC203', 'preprocess.1.epsilom', 1, /preprocess\[1\]: there is no field "epsilom".*Did you mean epsilon/],
  ['ESC204', 'channels', undefined, /pulse\.json: the field "channels" is missing\. Add it/],
  ['ESC204', 'preprocess.0.lowHz', undefined, /preprocess\[0\]: the field "lowHz" is missing/],
  ['ESC204', 'preprocess.0.step', undefined, /preprocess\[0\]: the field "step" is missing/],
  ['ESC205', 'window.seconds', '4', /window\.seconds: expected a number, found "4"/],
  ['ESC205', 'channels', {}, /channels: expected an array, found \{\}/],
  ['ESC205', 'preprocess.0', 'bandpass', /preprocess\[0\]: expected an object, found "bandpass"/],
  [
    'ESC206',
    'channels.0.sensor',
    'pgp',
    /channels\[0\]\.sensor: "pgp" is not a known value\. Did you mean ppg\? Use one of/,
  ],
  [
    'ESC206',
    'preprocess.0.step',
    'bandpas',
    /preprocess\[0\]\.step: "bandpas".*Did you mean bandpass\?.*bandpass, lowpass, biquad, quality, zscore, scale/,
  ],
  [
    'ESC206',
    'decision.kind',
    'argmin',
    /decision\.kind: "argmin" is not a known value\. Did you mean argmax/,
  ],
  ...(
    [
      [{ lock: { rejections: 3, of: 2 } }, 'ESC240', /policy\.lock\.rejections is 3\. .*1 to 2/],
      [{ lock: { rejections: 1, of: 65 } }, 'ESC240', /policy\.lock\.of is 65\. .*1 to 64/],
      [{ decideEverySeconds: 0.1 }, 'ESC273', /policy\.decideEverySeconds is 0\.1 s, less than/],
      [{ silenceSeconds: 1 }, 'ESC273', /policy\.silenceSeconds is 1 s, less than 60 s/],
    ] as [object, string, RegExp][]
  ).map(([part, code, text]): [string, string, unknown, RegExp] => [
    code,
    'policy',
    { decideEverySeconds: 60, lock: { rejections: 1, of: 2 }, silenceSeconds: 600, ...part },
    text,
  ]),
  ['ESC210', 'rates.0', 0, /rates\[0\] is 0 Hz\. Give a finite number greater than 0/],
  ['ESC210', 'models.0.rateHz', -25, /models\[0\]\.rateHz is -25 Hz/],
  ['ESC210', 'window.hopSeconds', 0, /window\.hopSeconds is 0 s/],
  ['ESC210', 'channels.0.lsb', 0, /channels\[0\]\.lsb is 0 nW/],
  ['ESC210', 'budgets.latencyMs', -1, /budgets\.latencyMs is -1 ms/],
  ['ESC210', 'preprocess.0.lowHz', 0, /preprocess\[0\]\.lowHz is 0 Hz/],
  ['ESC210', 'preprocess.1.epsilon', 0, /preprocess\[1\]\.epsilon is 0\./],
  ['ESC211', 'models', [], /models is empty\. Name at least one model/],
  ['ESC211', 'rates', [], /rates is empty/],
  [
    'ESC211',
    'preprocess.0',
    { step: 'biquad', sos: [] },
    /preprocess\[0\]\.sos is empty\. Name at least one section/,
  ],
  ['ESC212', 'models.1', valid.models[0], /models\[1\]\.id: "25hz" stands already at .*models\[0\]\.id/],
  [
    'ESC212',
    'models.1',
    { ...valid.models[0], id: 'other' },
    /models\[1\]\.rateHz: "bilstm at 25 Hz" stands already/,
  ],
  ['ESC212', 'channels.1', valid.channels[0], /channels\[1\]\.name: "bvp" stands already/],
  ['ESC212', 'rates.3', 25, /rates\[3\]: "25 Hz" stands already at .*rates\[1\]/],
  ['ESC213', 'name', '../pulse', /name: "\.\.\/pulse" cannot be a file name everywhere\. Use letters/],
  ['ESC213', 'models.0.id', '', /models\[0\]\.id: ""/],
  ['ESC213', 'channels.0.name', ' ', /channels\[0\]\.name: " "/],
  [
    'ESC214',
    'models.0.file',
    'modle.onnx',
    /models\[0\]\.file: there is no file "modle\.onnx".*relative to the folder/,
  ],
  ['ESC214', 'models.0.calibration.file', 'sub', /models\[0\]\.calibration\.file: there is no file "sub"/],
  ['ESC214', 'models.0.evaluation.file', 'x', /models\[0\]\.evaluation\.file/],
  ['ESC214', 'recordings.0.file', 'x.csv', /recordings\[0\]\.file/],
  ['ESC215', 'window.seconds', 0.05, /window\.seconds: 0\.05 s at 20 Hz is 1 sample\. A window needs/],
  ['ESC215', 'window.hopSeconds', 0.01, /window\.hopSeconds: 0\.01 s at 20 Hz is 0 samples/],
  ['ESC216', 'window.seconds', 60, /window\.seconds: 60 s at 512 Hz is 30720 samples, more than the 16384/],
  ['ESC216', 'window.hopSeconds', 1e9, /window\.hopSeconds/],
  [
    'ESC217',
    'preprocess.0.highHz',
    10,
    /preprocess\[0\]\.highHz: 10 Hz is not below half.*10 Hz at 20 Hz.*Lower the band/,
  ],
  [
    'ESC218',
    'preprocess.0.lowHz',
    9,
    /preprocess\[0\]: the lower edge, 9 Hz, is not below the upper one, 8 Hz/,
  ],
  [
    'ESC219',
    'preprocess.0.lowHz',
    0.0001,
    /preprocess\[0\] at 20 Hz: the poles of this filter.*Raise the lower edge/,
  ],
  [
    'ESC220',
    'preprocess.0',
    { step: 'biquad', sos: [[1, 0, 0, 1, -2]] },
    /sos\[0\] is not a usable.*5 numbers instead of 6/,
  ],
  [
    'ESC220',
    'preprocess.0',
    { step: 'biquad', sos: [[1, 0, 0, 2, 0, 0]] },
    /fourth number is 2 instead of 1/,
  ],
  ['ESC220', 'preprocess.0', { step: 'biquad', sos: [[1, 0, 0, 1, -2, 1]] }, /it is unstable/],
  ['ESC220', 'preprocess.0', { step: 'biquad', sos: [[0, 0, 0, 1, 0, 0]] }, /its output is always 0/],
  [
    'ESC221',
    'preprocess.0',
    { step: 'biquad', sos: [[1, 0, 0, 1, 0, 0]] },
    /the pipeline names 20, 25, 512 Hz.*"bandpass"/,
  ],
  [
    'ESC222',
    'preprocess.2',
    valid.preprocess[0],
    /preprocess\[2\]: a bandpass works on samples.*Move it before/,
  ],
  ['ESC223', 'preprocess.2', valid.preprocess[1], /preprocess\[2\]: the window is already normalised/],
  [
    'ESC224',
    'preprocess.2',
    { step: 'scale', divisors: [1, 2] },
    /preprocess\[2\]\.divisors: 2 divisors for 1 channel\./,
  ],
  ['ESC210', 'preprocess.2', { step: 'scale', divisors: [0] }, /preprocess\[2\]\.divisors\[0\] is 0\./],
  [
    'ESC227',
    'decision',
    { kind: 'mvn', threshold: 30, epsilon: 1e-6 },
    /models\[0\]\.evaluation\.kind is "identification".*xEnrol/,
  ],
  ['ESC228', 'models.0.threshold', 3, /models\[0\]\.threshold: a decision "argmax" has no threshold/],
  [
    'ESC229',
    'decision',
    { kind: 'mvn', threshold: 1e7, epsilon: 1e-6 },
    /decision\.threshold: the threshold 10000000 is beyond/,
  ],
  ['ESC210', 'decision', { kind: 'mvn', threshold: 0, epsilon: 1e-6 }, /decision\.threshold is 0\./],
  ['ESC210', 'decision', { kind: 'mvn', threshold: 3, epsilon: -1 }, /decision\.epsilon is -1\./],
];

describe('refuses with the path to the field and the next step', () => {
  it.each(cases)('%s: %s = %j', (code, field, value, message) => {
    const text = refusal(changed(field, value));
    expect(text.slice(0, 6)).toBe(code);
    expect(text).toMatch(message);
  });

  it('ESC227: a verification set behind a decision that knows no enrolment', () => {
    const evaluation = {
      kind: 'verification',
      file: 'windows.safetensors',
      xEnrol: 'a',
      userEnrol: 'b',
      xTest: 'c',
      userTest: 'd',
      floatOutputEnrol: 'e',
      floatOutput: 'f',
    };
    expect(refusal(changed('models.0.evaluation', evaluation))).toMatch(
      /ESC227 .*"verification", which does not fit the decision "argmax".*kind "identification"/,
    );
    const enrolling = changed('models.0.evaluation', evaluation) as { [key: string]: Json };
    enrolling.decision = { kind: 'mvn', threshold: 30, epsilon: 1e-6 };
    expect(load(enrolling).pipeline.decision.kind).toBe('mvn');
  });

  it('accepts an 8 Hz band at 20 Hz, and given sections at a single rate', () => {
    expect(load(changed('rates', [20])).pipeline.rates).toEqual([20]);
    const one = changed('rates', [25]) as { [key: string]: Json };
    one.preprocess = [{ step: 'biquad', sos: [[0.2, 0.4, 0.2, 1, -0.5, 0.3]] }];
    expect(load(one).pipeline.preprocess).toHaveLength(1);
  });

  it('refuses numbers beyond every float (1e999)', () => {
    expect(refusal(JSON.stringify(valid).replace('"seconds":4', '"seconds":1e999'))).toMatch(
      /ESC210 .*window\.seconds is Infinity s/,
    );
  });
});

describe('whatever the file holds', () => {
  const paths: string[][] = [];
  const walk = (value: unknown, path: string[]): void => {
    if (path.length > 0) paths.push(path);
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
  };
  walk(valid, []);

  const ends = (text: string): void => {
    try {
      parsePipeline(text, join(folder, 'pulse.json'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(error.message).toMatch(/^ESC2\d\d .*[.?] .*\.$/s);
      expect(error.message.split('\n')).toHaveLength(1);
    }
  };

  it('loads or refuses, and nothing else', () => {
    const strange = fc.oneof(
      fc.jsonValue() as fc.Arbitrary<unknown>,
      fc.constantFrom<unknown>(0, -1, 1e-300, 1e300, 2 ** 31, '', '\u0000', 'a/b', [], {}, null, [[]], true),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const change = fc.tuple(fc.constantFrom(...paths), strange, fc.boolean());
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const copy = structuredClone(valid) as unknown as Record<string, unknown>;
        for (const [path, value, remove] of changes) {
          const holder = path
            .slice(0, -1)
            .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], copy);
          if (typeof holder !== 'object' || holder === null) continue;
          const key = path.at(-1)!;
          if (remove) delete (holder as Record<string, unknown>)[key];
          else (holder as Record<string, unknown>)[key] = structuredClone(value);
        }
        ends(JSON.stringify(copy));
      }),
      { numRuns: 600 },
    );
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), ends), { numRuns: 300 });
  });
});
