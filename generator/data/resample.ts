/**
 * Brings a recording to a sampling rate, and to the raw integer counts that a sensor of that rate would hand to the
 * kernel.
 *
 * `filtered`: evenly spaced recordings whose rate stands in a small integer ratio to the wanted one go through the
 * polyphase filter (anti-aliased when reducing, band-limited interpolation when raising). Uneven ones are first
 * interpolated linearly onto the wanted rate, or onto its smallest multiple at or above the recording's mean rate and
 * then reduced with the same filter. `linear`: straight lines between neighbours at the wanted instants, no filter.
 *
 * Raising the rate adds no information: such samples cost what real ones cost, and say nothing of accuracy.
 */
import { RAW_LIMIT } from '../stages/raw-count.ts';
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { samplesIn } from '../pipeline/timing.ts';
import { resamplePolyphase } from './polyphase.ts';
import type { SensorRecording } from './recording.ts';

export type ResampleMethod = 'filtered' | 'linear';

/** The parts of a pipeline channel that turn values into raw counts. */
export interface CountedChannel {
  name: string;
  lsb: number;
}

/** A timestamp may stray this share of a period before the recording counts as uneven. */
const evenTolerance = 0.05;
const highestRateHz = 100_000;

/** The same recording at times first + k / rateHz, up to its last sample. Refuses rates that make no sense (ESC267). */
export function resample(
  recording: SensorRecording,
  rateHz: number,
  method: ResampleMethod = 'filtered',
): SensorRecording {
  if (!(rateHz > 0 && rateHz <= highestRateHz)) throw pipelineRefusals.badRate(rateHz);
  const convert = method === 'linear' ? linearly(recording, rateHz) : filtered(recording, rateHz);
  const columns = new Map([...recording.columns].map(([name, values]) => [name, convert(values)]));
  const length = Math.min(...[...columns.values()].map((values) => values.length));
  const timesS = Float64Array.from({ length }, (_, k) => recording.timesS[0] + k / rateHz);
  return { file: recording.file, timesS, columns };
}

/**
 * Raw counts at a rate: one Int32Array a frame, round(value / lsb) of each channel in the given order (ties away from
 * zero). Refuses counts beyond 32 bits (ESC268).
 */
export function toFrames(
  recording: SensorRecording,
  channels: readonly CountedChannel[],
  rateHz: number,
  method: ResampleMethod = 'filtered',
): Int32Array[] {
  const { timesS, columns } = resample(recording, rateHz, method);
  const counted = channels.map(({ name, lsb }) => {
    const values = columns.get(name);
    if (!values) throw pipelineRefusals.missingColumn(recording.file, name, [...columns.keys()]);
    return values.map((value) => toCount(value, name, lsb, recording.file));
  });
  return Array.from(timesS, (_, k) => Int32Array.from(counted, (values) => values[k]));
}

/** Refuses a recording without one whole window at the rate (ESC264). */
export function requireWindow(recording: SensorRecording, windowSeconds: number, rateHz: number): void {
  const { timesS } = recording;
  const seconds = timesS[timesS.length - 1] - timesS[0];
  const samples = samplesWithin(seconds, rateHz);
  const needed = samplesIn(windowSeconds, rateHz);
  if (samples < needed)
    throw pipelineRefusals.recordingTooShort(
      recording.file,
      samples,
      seconds.toFixed(2),
      rateHz,
      needed,
      windowSeconds,
    );
}

type Convert = (values: Float64Array) => Float64Array;

/** Instants at 0, 1/rate, ... up to the given time, which may fall short by rounding. */
const samplesWithin = (seconds: number, rateHz: number): number => Math.floor(seconds * rateHz + 1e-6) + 1;

function filtered(recording: SensorRecording, rateHz: number): Convert {
  const ratio = evenRatio(recording.timesS, rateHz);
  if (ratio) return (values) => resamplePolyphase(values, ratio.up, ratio.down);
  const factor = Math.max(1, Math.ceil(meanRateHz(recording.timesS) / rateHz - 1e-9));
  const dense = linearly(recording, rateHz * factor);
  return (values) => resamplePolyphase(dense(values), 1, factor);
}

function linearly({ timesS }: SensorRecording, rateHz: number): Convert {
  const length = samplesWithin(timesS[timesS.length - 1] - timesS[0], rateHz);
  return (values) => {
    const output = new Float64Array(length);
    let j = 0;
    for (let k = 0; k < length; k++) {
      const time = timesS[0] + k / rateHz;
      // The last sample at or before this time: of samples that share a time, the last one counts.
      while (j + 1 < timesS.length && timesS[j + 1] <= time) j++;
      const step = j + 1 < timesS.length ? timesS[j + 1] - timesS[j] : Infinity;
      const next = values[Math.min(j + 1, values.length - 1)];
      output[k] = values[j] + (next - values[j]) * ((time - timesS[j]) / step);
    }
    return output;
  };
}

const meanRateHz = (timesS: Float64Array): number =>
  (timesS.length - 1) / (timesS[timesS.length - 1] - timesS[0]);

/**
 * up/down of an evenly spaced recording, or undefined when it is uneven or the ratio has large terms. A whole number
 * of Hz comes first: timestamps rounded to milliseconds leave the mean rate a little beside it.
 */
function evenRatio(timesS: Float64Array, rateHz: number): { up: number; down: number } | undefined {
  const mean = meanRateHz(timesS);
  const isEven = (nominal: number) =>
    timesS.every((time, i) => Math.abs((time - timesS[0]) * nominal - i) <= evenTolerance);
  const nominal = [Math.round(mean), mean].find(isEven);
  return nominal === undefined ? undefined : smallFraction(rateHz / nominal, 1024);
}

/** The simplest fraction that equals `value` to 9 digits, with terms of at most `limit`. */
function smallFraction(value: number, limit: number): { up: number; down: number } | undefined {
  for (let down = 1; down <= limit; down++) {
    const up = Math.round(value * down);
    if (up > limit) return undefined;
    if (up > 0 && Math.abs(up / down - value) < value * 1e-9) return { up, down };
  }
  return undefined;
}

function toCount(value: number, channel: string, lsb: number, file: string): number {
  const count = Math.sign(value) * Math.round(Math.abs(value) / lsb);
  if (Math.abs(count) > RAW_LIMIT) throw pipelineRefusals.rawCountRange(file, channel, String(value), lsb);
  return count;
}
