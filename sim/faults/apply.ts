/**
 * Recorded frames as a host with faulty sensors gets them. Order of the faults, as it is in hardware: the clock says when a
 * sample is taken (drift, jitter), the converter cuts it off (saturation), then it is lost or repeated (dropout), and a
 * brown-out takes what would have come while nothing ran.
 */
import type { KernelManifest } from '../../kernel/manifest.ts';
import type { Dropout, Fault, FaultFile, Saturation } from './fault-file.ts';
import { seeded } from './random.ts';

/** One sampling instant. */
export interface Delivery {
  /** On the wall clock. */
  atS: number;
  /** Counts by channel of the pipeline. */
  counts: Int32Array;
  /** Sensors whose sample did not come. */
  silent: ReadonlySet<string>;
}

export interface FaultyInput {
  deliveries: Delivery[];
  /** The kernel loses its state before the first delivery at or after each of these times. */
  resetsS: number[];
}

/** Frames at the kernel's rate, repeated to the length of the run. */
export function deliver(
  frames: readonly Int32Array[],
  manifest: KernelManifest,
  file: FaultFile,
): FaultyInput {
  const { faults, seconds } = file;
  const of = <Kind extends Fault['kind']>(kind: Kind) =>
    faults.filter((fault): fault is Extract<Fault, { kind: Kind }> => fault.kind === kind);
  const times = sampleTimes(manifest.rateHz, file);
  const down = of('brown-out');
  const last = new Int32Array(manifest.channels.length);
  const deliveries: Delivery[] = [];
  for (const atS of times) {
    const counts = valueAt(frames, atS * manifest.rateHz);
    for (const fault of of('saturation')) if (within(fault, atS)) cut(counts, fault, manifest);
    const silent = new Set<string>();
    for (const fault of of('dropout')) if (within(fault, atS)) lose(counts, last, fault, manifest, silent);
    last.set(counts);
    if (down.some(({ atS: from, downS }) => atS >= from && atS < from + downS)) continue;
    deliveries.push({ atS, counts, silent });
  }
  return {
    deliveries,
    resetsS: down.map(({ atS, downS }) => atS + downS).filter((at) => at < seconds),
  };
}

/** When samples are taken, never going back. */
function sampleTimes(rateHz: number, { faults, seconds, seed }: FaultFile): number[] {
  let drift = 0;
  let deviationS = 0;
  for (const fault of faults) {
    if (fault.kind === 'clock-drift') drift += fault.partsPerMillion * 1e-6;
    if (fault.kind === 'jitter') deviationS = Math.hypot(deviationS, fault.standardDeviationMs * 1e-3);
  }
  const random = seeded(seed);
  const period = 1 / (rateHz * (1 + drift));
  const times: number[] = [];
  for (let index = 0; ; index++) {
    const nominal = index * period;
    if (nominal >= seconds) return times;
    const wandered = deviationS > 0 ? nominal + deviationS * random.normal() : nominal;
    times.push(Math.max(wandered, times.at(-1) ?? 0, 0));
  }
}

/** The recording at a fractional frame, by a straight line between neighbours; it starts over at its end. */
function valueAt(frames: readonly Int32Array[], frame: number): Int32Array {
  const lower = Math.floor(frame);
  const share = frame - lower;
  const a = frames[lower % frames.length]!;
  const b = frames[(lower + 1) % frames.length]!;
  return a.map((value, channel) => (share === 0 ? value : Math.round(value + share * (b[channel]! - value))));
}

const within = ({ fromS, toS }: { fromS: number; toS: number }, atS: number): boolean =>
  atS >= fromS && atS < toS;

function cut(
  counts: Int32Array,
  { channel, lowCounts, highCounts }: Saturation,
  { channels }: KernelManifest,
): void {
  channels.forEach(({ name }, index) => {
    if (channel === undefined || channel === name)
      counts[index] = Math.min(highCounts, Math.max(lowCounts, counts[index]!));
  });
}

function lose(
  counts: Int32Array,
  last: Int32Array,
  { sensor, shows }: Dropout,
  { channels }: KernelManifest,
  silent: Set<string>,
): void {
  if (shows === 'nothing') silent.add(sensor);
  channels.forEach((channel, index) => {
    if (channel.sensor === sensor) counts[index] = shows === 'zero' ? 0 : last[index]!;
  });
}
