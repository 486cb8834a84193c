/** Calibration and test windows that do not fit the pipeline end in one line that names the tensor and both shapes. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSafetensorsFile, requireTensor } from '../../generator/data/safetensors.ts';
import type { Pipeline } from '../../generator/pipeline/pipeline.ts';
import { escapement } from './run.ts';

const example = new URL('../../examples/pulse/', import.meta.url);
let root: string;
let folder: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'escapement-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(root, 'pulse-'));
  cpSync(example, folder, { recursive: true });
});

function edit(change: (pipeline: Pipeline) => void): void {
  const path = join(folder, 'pipeline.json');
  const pipeline = JSON.parse(readFileSync(path, 'utf8')) as Pipeline;
  change(pipeline);
  writeFileSync(path, JSON.stringify(pipeline));
}

/** float32 tensors as safetensors: length of the header, header, data. */
function save(file: string, tensors: Record<string, { shape: number[]; data: Float64Array }>): void {
  const header: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  let at = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const bytes = Buffer.from(Float32Array.from(data).buffer);
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + bytes.length] };
    parts.push(bytes);
    at += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(file, Buffer.concat([length, text, ...parts]));
}

/** Writes the 25 Hz windows again with some tensors changed. */
function change(edits: Record<string, (t: { shape: number[]; data: Float64Array }) => void>): void {
  const file = join(folder, '25hz', 'windows.safetensors');
  const tensors = readSafetensorsFile(file);
  const copies = Object.fromEntries(
    ['x', 'y', 'logits', 'x_calibration'].map((name) => {
      const { shape, data } = requireTensor(tensors, name, file);
      return [name, { shape: [...shape], data: data.slice() }];
    }),
  );
  for (const [name, act] of Object.entries(edits)) act(copies[name]!);
  save(file, copies);
}

async function refused(...argv: string[]): Promise<string> {
  const run = await escapement(...argv);
  expect(run.code).toBe(2);
  expect(run.out).toBe('');
  expect(run.err.trimEnd().split('\n')).toHaveLength(1);
  return run.err;
}

describe('windows that do not fit', () => {
  it('calibration of another number of steps, though of as many values', async () => {
    change({
      x_calibration: (t) => {
        t.shape = [t.shape[0]! * 2, 50, 1];
      },
    });
    expect(await refused('inspect', folder)).toMatch(
      /ESC305 .*"x_calibration" has the shape \[\d+, 50, 1\] where \[windows, 100 steps, 1 channel\].*at the rate/,
    );
  });

  it('a calibration channel that never moves', async () => {
    change({ x_calibration: (t) => t.data.fill(0.25) });
    expect(await refused('inspect', folder)).toMatch(/ESC306 .*"x_calibration".* bvp, .*every channel moves/);
  });

  it('a model whose steps are not those of the window', async () => {
    edit((p) => (p.models.find((m) => m.id === '25hz')!.rateHz = 50));
    expect(await refused('inspect', folder, '--model', '25hz')).toMatch(
      /ESC307 25hz\/model\.onnx takes 100 steps, but a window of 4 s at 50 Hz has 200\. Set "rateHz" of the model to 25 /,
    );
  });

  it('test windows with steps and channels the wrong way round', async () => {
    change({
      x: (t) => {
        t.shape = [t.shape[0]!, 50, 2];
      },
    });
    expect(await refused('verify', folder)).toMatch(/ESC280 .*"x" .*50, 2\] where \[windows, 100 steps, 1 /);
  });

  it('float outputs that are the same for every window', async () => {
    change({ logits: (t) => t.data.fill(1) });
    expect(await refused('verify', folder)).toMatch(/ESC284 .*every row of "logits" is the same/);
  });

  it('a floor that is no number', async () => {
    expect(await refused('verify', folder, '--layers', '--min-snr', 'high')).toMatch(
      /ESC309 --min-snr wants a number from 0 to 200, got "high"\. Give for example --min-snr 50\./,
    );
  });
});

describe('verify --layers', () => {
  it('compares every layer with the float model, and names the first below the floor', async () => {
    const run = await escapement('verify', folder, '--layers', '--json');
    expect(run.code).toBe(0);
    const { layers, origin, firstBad } = JSON.parse(run.out) as {
      layers: { layer: string; snrDb: number; saturations: number }[];
      origin: string;
      firstBad: string | null;
    };
    expect(layers.map((l) => l.layer)).toEqual(['input', 'lstm', 'score', 'head']);
    for (const { snrDb, saturations } of layers) {
      expect(snrDb).toBeGreaterThan(30);
      expect(saturations).toBe(0);
    }
    expect([origin, firstBad]).toEqual(['test windows', null]);
    const strict = await escapement('verify', folder, '--layers', '--min-snr', '60');
    expect(strict.code).toBe(4);
    expect(strict.out).toMatch(/fail: first bad layer lstm, \d+\.\d dB/);
  });

  it('says that windows of a re-timed model are stretched', async () => {
    const run = await escapement('verify', folder, '--layers', '--rate', '20', '--model', '25hz');
    expect(run.out).toMatch(/calibration windows, stretched from 25 to 20 Hz/);
  });
});

describe('parity', () => {
  it('asks for 99 % unless the pipeline or the command line says otherwise', async () => {
    expect((await escapement('verify', folder)).out).toMatch(/at least 98 % wanted/);
    edit((p) => delete p.minAgreementPercent);
    expect((await escapement('verify', folder)).out).toMatch(/at least 99 % wanted/);
    expect((await escapement('verify', folder, '--min-agreement', '97')).out).toMatch(/at least 97 % wanted/);
  });
});

describe('compile --debug', () => {
  it('writes a kernel of its own folder and says where its counters stand', async () => {
    const out = join(folder, 'out');
    const run = await escapement('compile', folder, '--rate', '20', '--out', out, '--debug');
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/debug build, not for flashing: debug_saturations at \d+, i32\[\d+\]/);
    expect(run.out).toMatch(/out\/debug\/pulse\/20hz\/kernel\.wasm/);
  });
});
