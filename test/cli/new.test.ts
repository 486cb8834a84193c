/** `escapement new`: from a model file to a kernel. */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import { escapement } from './run.ts';

const example = (path: string) => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'new-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('escapement new', () => {
  it('writes a commented pipeline that compiles and simulates', async () => {
    const folder = join(scratch, 'mine');
    const made = await escapement('new', example('pulse/25hz/model.onnx'), '--out', folder);
    expect([made.code, made.err]).toEqual([0, '']);
    expect(made.out).toContain(
      'model.onnx reads 100 samples of 1 channel (4 s at 25 Hz) and gives 20 values.',
    );
    expect(made.out).toContain(`wrote ${join(folder, 'pipeline.json')}`);
    expect(readFileSync(join(folder, 'pipeline.json'), 'utf8')).toMatch(/\/\/ CHOOSE sensors/);
    const { pipeline } = loadPipeline(join(folder, 'pipeline.json'));
    expect(pipeline.window).toEqual({ seconds: 4, hopSeconds: 4 });
    expect(pipeline.decision).toEqual({ kind: 'argmax' });

    const compiled = await escapement('compile', folder, '--out', join(scratch, 'kernels'));
    expect([compiled.code, compiled.err]).toEqual([0, '']);
    const simulated = await escapement('simulate', folder, '--board', 'samsung-gear-live', '--json');
    expect(simulated.err).toBe('');
    expect(JSON.parse(simulated.out)).toMatchObject({ rateHz: 25, windowSeconds: 4, accuracy: null });
  }, 30_000);

  it('takes six channels for accelerometer and gyroscope, and another rate for another window', async () => {
    const folder = join(scratch, 'six');
    const model = example('deepauth/rnn64/model.onnx');
    const made = await escapement('new', model, '-o', folder, '--rate', '100', '--json');
    expect(JSON.parse(made.out)).toMatchObject({
      steps: 200,
      channels: 6,
      outputs: 32,
      windowSeconds: 2,
      rateHz: 100,
    });
    const { pipeline } = loadPipeline(join(folder, 'pipeline.json'));
    expect(pipeline.channels.map(({ sensor }) => sensor[0]).join('')).toBe('aaaggg');
    expect(existsSync(join(folder, 'pipeline.schema.json'))).toBe(true);
  });

  it('makes the same bytes again, and replaces a pipeline only with --force (ESC271)', async () => {
    const folder = join(scratch, 'again');
    const model = example('pulse/20hz/model.onnx');
    const bytes = () =>
      readdirSync(folder)
        .sort()
        .map((name) => readFileSync(join(folder, name)));
    await escapement('new', model, '--out', folder, '--rate', '20');
    const before = bytes();
    const refused = await escapement('new', model, '--out', folder);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/ESC271 .*again.pipeline\.json is there already\. .*--force/);
    expect(bytes()).toEqual(before);
    expect((await escapement('new', model, '--out', folder, '--rate', '20', '--force')).code).toBe(0);
    expect(bytes()).toEqual(before);
  });

  it('refuses a model of features (ESC270), a file that is no model, and a missing one, and writes nothing', async () => {
    const folder = join(scratch, 'nothing');
    const vector = await escapement('new', example('typing102/mlp.onnx'), '--out', folder);
    expect([vector.code, vector.err]).toEqual([
      2,
      expect.stringMatching(/ESC270 mlp\.onnx takes one row of 102 values.*typing102/),
    ]);
    const text = join(scratch, 'text.onnx');
    writeFileSync(text, 'no model');
    for (const file of [text, join(scratch, 'none.onnx')]) {
      const { code, err } = await escapement('new', file, '--out', folder);
      expect([code, err]).toEqual([2, expect.stringMatching(/^error: ESC\d+ .*\n$/)]);
    }
    expect(existsSync(folder)).toBe(false);
  });

  it('names the folder after the model, and makes a name of any file name', async () => {
    const odd = join(scratch, '__my model (1).onnx');
    copyFileSync(example('pulse/25hz/model.onnx'), odd);
    const { out } = await escapement('new', odd, '--out', join(scratch, 'odd'), '--json');
    expect((JSON.parse(out) as { name: string }).name).toBe('my-model-1-');
  });

  it('explains itself with --help', async () => {
    const { code, out } = await escapement('new', '--help');
    expect(code).toBe(0);
    for (const option of ['<model>', '--out', '--rate', '--force', '--json']) expect(out).toContain(option);
  });
});

describe('a pipeline that is not there', () => {
  it('is met with the example that was meant (ESC272)', async () => {
    const { code, err } = await escapement('compile', 'puls');
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/ESC272 .*example puls\. Did you mean pulse\? Examples: deepauth, pulse, .*waca/),
    ]);
    expect((await escapement('verify', 'something-else-entirely')).err).toMatch(
      /ESC272 .*entirely\. Examples/,
    );
  });
});
