/** Bad input ends in one clear line with the next step, exit code 2, and nothing half-written. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fold } from '../../generator/graph/fold.ts';
import { parseOnnx } from '../../generator/onnx/parse.ts';
import type { Pipeline } from '../../generator/pipeline/pipeline.ts';
import { escapement, type Run } from './run.ts';

const example = new URL('../../examples/pulse/', import.meta.url);
let root: string;
let folder: string;
let out: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'escapement-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(root, 'pulse-'));
  out = join(folder, 'out');
  cpSync(example, folder, { recursive: true });
});

function edit(change: (pipeline: Pipeline) => void): void {
  const path = join(folder, 'pipeline.json');
  const pipeline = JSON.parse(readFileSync(path, 'utf8')) as Pipeline;
  change(pipeline);
  writeFileSync(path, JSON.stringify(pipeline));
}

function expectRefusal(run: Run, code: RegExp, ...words: (string | RegExp)[]): void {
  expect(run.code).toBe(2);
  expect(run.out).toBe('');
  expect(run.err.trimEnd().split('\n')).toHaveLength(1);
  expect(run.err).toMatch(code);
  for (const word of words) expect(run.err).toMatch(word);
  expect(existsSync(out)).toBe(false);
}

const compile = (...more: string[]) => escapement('compile', folder, '--out', out, ...more);
const model = () => join(folder, '25hz', 'model.onnx');

describe('bad input', () => {
  it('a truncated ONNX file', async () => {
    truncateSync(model(), 5000);
    expectRefusal(await compile(), /ESC1\d\d/, /model\.onnx/, /Export the model again/);
  });

  it('NaN in the weights, named by initializer and index', async () => {
    const bytes = readFileSync(model());
    const graph = fold(parseOnnx(new Uint8Array(bytes), 'model.onnx'));
    const weights = graph.initializers.get('head.weight')!;
    const needle = Buffer.from(Float32Array.from(weights.data.slice(0, 4)).buffer);
    const at = bytes.indexOf(needle);
    expect(at).toBeGreaterThan(0);
    bytes.writeFloatLE(NaN, at + 8);
    writeFileSync(model(), bytes);
    expectRefusal(await compile(), /ESC1\d\d/, /head\.weight/, /\b2\b/);
  });

  it('a model file that is missing', async () => {
    rmSync(model());
    expectRefusal(await compile(), /ESC2\d\d/, /model\.onnx/);
  });

  it('a sampling rate of 0, on the command line and in the pipeline', async () => {
    expectRefusal(await compile('--rate', '0'), /ESC602/, /--rate 25/);
    edit((p) => void (p.models[0].rateHz = 0));
    expectRefusal(await compile(), /ESC2\d\d/, /rateHz/);
  });

  it('a rate on the command line at which the filter makes no sense', async () => {
    expectRefusal(await compile('--rate', '7'), /ESC217/, /8/);
  });

  it('a recording with too few samples for one window', async () => {
    const path = join(
      folder,
      JSON.parse(readFileSync(join(folder, 'pipeline.json'), 'utf8')).recordings[0].file,
    );
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(0, 60).join('\n'));
    const run = await escapement('simulate', folder);
    expectRefusal(run, /ESC264/, /4/);
  });

  it('a pipeline that names an unknown channel', async () => {
    edit((p) => void (p.channels[0].name = 'bpv'));
    const run = await escapement('simulate', folder);
    expectRefusal(run, /ESC2\d\d/, /bpv/, /Did you mean/i);
  });

  it('a pipeline that is not there, is not JSON, or has a typo in a key', async () => {
    expectRefusal(await escapement('compile', join(folder, 'nothing.json')), /ESC2\d\d/, /nothing\.json/);
    edit((p) => {
      Object.assign(p, { budget: p.budgets });
      delete (p as Partial<Pipeline>).budgets;
    });
    expectRefusal(await compile(), /ESC2\d\d/, /budgets/);
    writeFileSync(join(folder, 'pipeline.json'), '{ "name": "pulse", }');
    expectRefusal(await compile(), /ESC2\d\d/, /pipeline\.json/);
  });

  it.each([
    [['--model', '25hx'], /ESC601/, /Did you mean 25hz/],
    [['--rate', 'fast'], /ESC602/, /--rate 25/],
  ])('%j', async (options, code, word) => {
    expectRefusal(await compile(...options), code, word);
  });

  it('an unknown board, runtime, option and command', async () => {
    expectRefusal(await escapement('simulate', folder, '--board', 'we-be-clas'), /ESC40\d/, /we-be-class/);
    expectRefusal(await escapement('simulate', folder, '--runtime', 'wasm4'), /ESC508/, /wasm3/);
    expectRefusal(await escapement('simulate', folder, '--bord', 'x'), /unknown option/, /--board/);
    expectRefusal(await escapement('simulat'), /unknown command/, /simulate/);
  });

  it('an output folder that cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const run = await escapement('compile', folder, '--out', join(folder, 'file', 'deeper'));
    expectRefusal(run, /ESC606/, /--out/);
  });

  it('a comparison without rates', async () => {
    expectRefusal(await escapement('compare', folder, '--rates', '20,,25'), /ESC603/);
  });

  it('a rate without a trained model has nothing to verify', async () => {
    expectRefusal(await escapement('verify', folder, '--rate', '128'), /ESC605/, /--rate 64/);
  });
});
