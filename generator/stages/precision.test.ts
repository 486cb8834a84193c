import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { resamplePolyphase } from '../data/polyphase.ts';
import { readSafetensorsFile } from '../data/safetensors.ts';
import { floatWindows } from '../pipeline/float-windows.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { channel, pipelineOf, stageBench } from './testing.ts';

const shared = new URL('../../../shared/', import.meta.url);
const inputScale = 2 ** -12;

const pulse = (channels: Pipeline['channels'], hopSeconds: number): Pipeline =>
  pipelineOf({
    channels,
    window: { seconds: 4, hopSeconds },
    preprocess: [
      { step: 'bandpass', lowHz: 0.5, highHz: 8 },
      { step: 'zscore', epsilon: 1e-6 },
    ],
  });

/** What the kernel makes of real streams: raw counts in, windows as the model takes them out. */
async function kernelWindows(
  pipeline: Pipeline,
  rateHz: number,
  streams: Float64Array[],
): Promise<Float64Array[]> {
  const { kernel } = await stageBench(pipeline, rateHz, { inputScale });
  const windows: Float64Array[] = [];
  for (let i = 0; i < streams[0].length; i++) {
    if (!kernel.push(streams.map((s, c) => Math.round(s[i] / pipeline.channels[c].lsb)))) continue;
    kernel.prepare();
    windows.push(kernel.readReal(kernel.manifest.io.modelInput));
  }
  return windows;
}

/** Signal to noise in dB over all windows. */
function snrDb(expected: readonly ArrayLike<number>[], found: readonly ArrayLike<number>[]): number {
  let signal = 0;
  let noise = 0;
  expected.forEach((window, w) => {
    for (let i = 0; i < window.length; i++) {
      signal += window[i] ** 2;
      noise += (window[i] - found[w][i]) ** 2;
    }
  });
  return 10 * Math.log10(signal / noise);
}

describe('filtered and normalised wrist pulse (stress_predict_e4, shipped cut)', () => {
  const lines = readFileSync(new URL('../../examples/pulse/recordings/s01.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1, 1 + 64 * 60);
  const bvp = Float64Array.from(lines, (line) => Number(line.split(',')[1]));

  it.each([
    [20, 5, 16],
    [25, 25, 64],
    [64, 1, 1],
    [128, 2, 1],
    [512, 8, 1],
  ])('agrees with float64 to better than 60 dB at %d Hz', async (rateHz, up, down) => {
    const pipeline = pulse([channel('bvp', 0.01)], 2);
    const stream = resamplePolyphase(bvp, up, down);
    const expected = floatWindows(pipeline, rateHz, [stream]);
    const found = await kernelWindows(pipeline, rateHz, [stream]);
    expect(found).toHaveLength(expected.length);
    expect(found.length).toBeGreaterThanOrEqual(28);
    const worst = Math.min(...expected.map((window, w) => snrDb([window], [found[w]])));
    expect(worst).toBeGreaterThan(60);
    // On the same counts only the kernel's arithmetic and the 16 bits of the model's input are left.
    const counted = floatWindows(pipeline, rateHz, [stream.map((x) => Math.round(x / 0.01) * 0.01)]);
    expect(snrDb(counted, found)).toBeGreaterThan(80);
  });

  it('gives the bits of the integer reference on the recording', async () => {
    const bench = await stageBench(pulse([channel('bvp', 0.01)], 2), 64, { inputScale });
    for (const value of bvp.subarray(0, 64 * 9))
      if (bench.push([Math.round(value / 0.01)])) bench.call('prepare');
  });
});

/** scipy.signal.resample_poly(x, 1, down, padtype='line'): the ends go on along the line from the first to the last sample. */
function decimate(x: Float64Array, down: number): Float64Array {
  const slope = (x[x.length - 1] - x[0]) / (x.length - 1);
  const rest = x.map((v, i) => v - x[0] - slope * i);
  return resamplePolyphase(rest, 1, down).map((v, k) => v + x[0] + slope * k * down);
}

describe.skipIf(!existsSync(shared))('finger pulse in three colours (four_wave_ppg, needs ../shared)', () => {
  /** Raw recording of one person at 200 Hz by channel. */
  function recording(person: number): Float64Array[] {
    const file = new URL(`data/four_wave_ppg/bp_dataset_${person}.csv.gz`, shared);
    const rows = gunzipSync(readFileSync(file)).toString().trim().split('\n').slice(1);
    return [0, 1, 2].map((c) => Float64Array.from(rows, (row) => Number(row.split(',')[c])));
  }

  it.each([
    [20, 10],
    [25, 8],
    [50, 4],
    [100, 2],
  ])('makes the windows that the %d Hz model was tested with', async (rateHz, down) => {
    const path = fileURLToPath(new URL(`models/pulse/${rateHz}hz/windows.safetensors`, shared));
    const windows = readSafetensorsFile(path).get('x')!;
    const size = rateHz * 4 * 3;
    const pipeline = pulse(
      ['a', 'b', 'c'].map((name) => channel(name)),
      1,
    );
    // Persons 1, 2 and 3 are classes 0, 1 and 2, with 16 windows each from second 41 on.
    for (const person of [1, 2, 3]) {
      const streams = recording(person).map((x) => decimate(x, down).slice(0, rateHz * 61));
      const trained = Array.from({ length: 16 }, (_, w) => {
        const first = ((person - 1) * 16 + w) * size;
        return Array.from({ length: size }, (_, i) => Number(windows.data[first + i]));
      });
      // The float pipeline is the one behind the model, up to float32.
      const float = floatWindows(pipeline, rateHz, streams).slice(41, 57);
      expect(snrDb(trained, float)).toBeGreaterThan(130);
      const found = (await kernelWindows(pipeline, rateHz, streams)).slice(41, 57);
      expect(snrDb(trained, found)).toBeGreaterThan(60);
    }
  });
});
