/**
 * Files of the Power Profiler app (nRF Connect for Desktop), so that a prediction opens beside a measurement.
 *
 * .ppk2, format version 2: a ZIP of
 *   session.raw    6 bytes a sample: current as float32 little-endian in uA, then two bits a digital channel as uint16
 *                  big-endian, channel 0 in the lowest bits (1 low, 2 high, 3 both)
 *   metadata.json  { metadata: { samplesPerSecond }, formatVersion: 2 }
 *   minimap.raw    JSON, see minimap.ts
 * CSV: `Timestamp(ms),Current(uA),D0-D7`, a channel as `0`, `1`, `X` (both) or `-` (not seen).
 */
import { zipSync } from 'fflate';
import { minimap } from './minimap.ts';
import type { MeterSamples } from './samples.ts';

export const bytesPerSample = 6;

/** ZIP entries have a date and know none before 1980: equal runs give equal bytes. Local time by the format. */
const noDate = new Date(1980, 0, 1);

export function ppk2File({ samplesPerSecond, currentUa, channels }: MeterSamples): Uint8Array {
  const session = new Uint8Array(currentUa.length * bytesPerSample);
  const view = new DataView(session.buffer);
  currentUa.forEach((current, index) => {
    view.setFloat32(index * bytesPerSample, current, true);
    view.setUint16(index * bytesPerSample + 4, channels[index]!, false);
  });
  return zipSync(
    {
      'session.raw': session,
      'metadata.json': text({ metadata: { samplesPerSecond }, formatVersion: 2 }),
      'minimap.raw': text(minimap(currentUa, samplesPerSecond)),
    },
    { level: 6, mtime: noDate },
  );
}

const text = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const states = ['-', '0', '1', 'X'];

export function ppkCsv({ samplesPerSecond, currentUa, channels }: MeterSamples): string {
  const lines = ['Timestamp(ms),Current(uA),D0-D7'];
  currentUa.forEach((current, index) => {
    const bits = channels[index]!;
    let word = '';
    for (let channel = 0; channel < 8; channel++) word += states[(bits >> (2 * channel)) & 3];
    lines.push(`${(index * 1e6) / samplesPerSecond / 1e3},${current.toFixed(3)},${word}`);
  });
  return `${lines.join('\n')}\n`;
}
