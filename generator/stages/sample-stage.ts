/**
 * sample(): one sample of one sensor with its timestamp, resampled to the kernel's rate and handed on to push(). Layouts and rules:
 * assembly/resample.ts. Interpolated counts keep `fraction` bits, so that nothing is lost to the grid. When a window is due, later frames wait for the
 * next call, so that the window is exactly the one that was due.
 */
import { status } from '../../kernel/manifest.ts';
import type { Block, IntegerMemory } from '../emit/program.ts';
import { divideRound } from './integer.ts';
import { names, type StagePart } from './part.ts';
import { RAW_LIMIT } from './raw-count.ts';

export interface SampleOptions {
  /** Channels of each sensor, contiguous and in order. */
  sensors: readonly (readonly number[])[];
  rateHz: number;
  longestGapSeconds: number;
  /** Fraction bits of a count. */
  fraction: number;
}

/** Gaps are at most this long, in microseconds. */
export const LONGEST_GAP_US = 2 ** 24;

/**
 * Fraction bits of interpolated counts: as many, up to 8, as keep `average` of them within `limit`. A filter has a format of its own
 * and takes whole counts.
 */
export function fractionBits(average: number, limit: number): number {
  let bits = 8;
  while (bits > 0 && RAW_LIMIT * average * 2 ** bits > limit) bits--;
  return bits;
}

interface Constants {
  sensors: readonly (readonly number[])[];
  channels: number;
  depth: number;
  rate: bigint;
  longest: bigint;
  fraction: number;
}

/** @param push stage that takes one frame in; `stateBlocks` are forgotten after a gap */
export function sampleStages(
  options: SampleOptions,
  push: StagePart,
): { count: StagePart; sample: StagePart } {
  const { sensors, rateHz, longestGapSeconds, fraction } = options;
  const channels = sensors.flat().length;
  const constants: Constants = {
    sensors,
    channels,
    // A sensor may lag by the longest gap while as much waits behind a window that was due.
    depth: 2 * Math.ceil(longestGapSeconds * rateHz) + 2,
    rate: BigInt(Math.round(rateHz * 1000)),
    longest: BigInt(Math.round(longestGapSeconds * 1e6)),
    fraction,
  };
  const blocks = blocksOf(constants);
  const forgotten = [...push.blocks, ...blocks].filter((block) => block.kind === 'state');
  const { depth, rate, longest } = constants;
  const common = `${sensors.length}, $signal_last, $signal_queue, ${depth}, ${channels}`;
  const take = `takeSample(load<i32>($${names.sensor}), load<i64>($${names.time}), $${names.frame}, $signal_clock, $signal_sensors, ${common}, $signal_places, ${rate}, ${longest}, ${fraction})`;
  return {
    count: {
      blocks: [],
      stage: {
        name: 'signal_count',
        title: 'one frame at the rate',
        blocks: [names.frame],
        uses: { resample: ['scaleFrame'] },
        body: [`scaleFrame($${names.frame}, ${channels}, ${fraction});`],
        returns: 'void',
        macs: 0,
        proofs: [],
        run(memory) {
          const frame = memory.i32(names.frame);
          frame.forEach((count, c) => (frame[c] = clamp(count) * 2 ** fraction));
        },
      },
    },
    sample: {
      blocks,
      stage: {
        name: 'signal_sample',
        title: 'resample by timestamp',
        blocks: [...new Set([...push.stage.blocks, ...blocks.map((b) => b.name)])],
        uses: { resample: ['nextFrame', 'takeSample'], memory: ['zero'] },
        body: [
          `let verdict = ${take};`,
          `if (verdict == ${status.gap}) {`,
          ...forgotten.map((block) => `  zero($${block.name}, ${roundUp(bytesOf(block))});`),
          `  ${take};`,
          '}',
          'if (verdict < 0) return verdict;',
          `while (nextFrame($${names.frame}, $signal_clock, $signal_sensors, ${sensors.length}, $signal_queue, ${depth}, ${channels})) {`,
          `  if (${push.stage.name}()) return 1; // the frames behind it wait for the next sample`,
          '}',
          'return 0;',
        ],
        returns: 'i32',
        macs: channels,
        proofs: [
          {
            where: 'resample, rise times microseconds',
            worstCase: 2 ** 24 * 2 ** fraction * LONGEST_GAP_US,
            limit: 2 ** 63 - 1,
          },
          { where: 'resample, count', worstCase: RAW_LIMIT * 2 ** fraction, limit: 2 ** 31 - 1 },
        ],
        run: (memory) => run(memory, constants, forgotten, push),
      },
    },
  };
}

/** States are placed at multiples of 8 bytes. */
const roundUp = (bytes: number): number => Math.ceil(bytes / 8) * 8;
const bytesOf = ({ type, length }: Block): number => length * (type === 'i64' ? 8 : 4);

function blocksOf({ sensors, channels, depth }: Constants): Block[] {
  const state = { kind: 'state' } as const;
  return [
    { name: names.time, type: 'i64', length: 1, kind: 'io', note: 'time of a sample in microseconds' },
    { name: names.sensor, type: 'i32', length: 1, kind: 'io', note: 'sensor of a sample' },
    { ...state, name: 'signal_clock', type: 'i64', length: 3, note: 'origin, frames handed on, started' },
    {
      ...state,
      name: 'signal_sensors',
      type: 'i64',
      length: sensors.length * 3,
      note: `[${sensors.length}] times time of the last sample, next frame, seen`,
    },
    { ...state, name: 'signal_last', type: 'i32', length: channels, note: 'last raw counts' },
    {
      ...state,
      name: 'signal_queue',
      type: 'i32',
      length: depth * channels,
      note: `[${depth}][${channels}] frames that wait for other sensors`,
    },
    {
      name: 'signal_places',
      type: 'i32',
      length: sensors.length * 2,
      kind: 'constant',
      data: Int32Array.from(sensors.flatMap((own) => [own[0] * 4, own.length * 4])),
      note: `[${sensors.length}] times bytes to the first channel, bytes of channels`,
    },
  ];
}

const clamp = (count: number): number => Math.max(-RAW_LIMIT, Math.min(RAW_LIMIT, count));
const gridTime = (index: bigint, rate: bigint): bigint => divideRound(index * 1_000_000_000n, rate);

function run(
  memory: IntegerMemory,
  constants: Constants,
  forgotten: readonly Block[],
  push: StagePart,
): number {
  let verdict = takeSample(memory, constants);
  if (verdict === status.gap) {
    for (const { name, type } of forgotten)
      if (type === 'i64') memory.i64(name).fill(0n);
      else memory.i32(name).fill(0);
    takeSample(memory, constants);
  }
  if (verdict < 0) return verdict;
  while (nextFrame(memory, constants)) if (push.stage.run(memory)) return 1;
  return 0;
}

/** Twin of takeSample in assembly/resample.ts. */
function takeSample(memory: IntegerMemory, k: Constants): number {
  const [sensor, time] = [memory.i32(names.sensor)[0], memory.i64(names.time)[0]];
  const clock = memory.i64('signal_clock');
  const own = k.sensors[sensor];
  if (!own) return status.badSample;
  const record = memory.i64('signal_sensors').subarray(sensor * 3, sensor * 3 + 3);
  const last = memory.i32('signal_last');
  const queue = memory.i32('signal_queue');
  const frame = memory.i32(names.frame);
  if (record[2] !== 0n) {
    const before = record[0];
    if (time < before) return status.badSample;
    if (time - before > k.longest) return status.gap;
    if (clock[2] !== 0n) {
      let index = record[1];
      for (let at = clock[0] + gridTime(index, k.rate); at < time; at = clock[0] + gridTime(index, k.rate)) {
        if (index - clock[1] >= BigInt(k.depth)) return status.gap;
        const slot = Number(index % BigInt(k.depth)) * k.channels;
        for (const c of own) {
          const rise = BigInt(clamp(frame[c]) - last[c]) << BigInt(k.fraction);
          queue[slot + c] =
            last[c] * 2 ** k.fraction + Number(divideRound(rise * (at - before), time - before));
        }
        index += 1n;
      }
      record[1] = index;
    }
  }
  record[0] = time;
  record[2] = 1n;
  for (const c of own) last[c] = clamp(frame[c]);
  if (clock[2] === 0n) findOrigin(memory, k);
  return 0;
}

function findOrigin(memory: IntegerMemory, { sensors }: Constants): void {
  const records = memory.i64('signal_sensors');
  const clock = memory.i64('signal_clock');
  if (sensors.some((_, s) => records[s * 3 + 2] === 0n)) return;
  clock[0] = sensors.map((_, s) => records[s * 3]).reduce((a, b) => (a > b ? a : b));
  clock[2] = 1n;
}

/** Twin of nextFrame. */
function nextFrame(memory: IntegerMemory, { sensors, depth, channels }: Constants): boolean {
  const records = memory.i64('signal_sensors');
  const clock = memory.i64('signal_clock');
  if (sensors.some((_, s) => records[s * 3 + 1] <= clock[1])) return false;
  const slot = Number(clock[1] % BigInt(depth)) * channels;
  memory.i32(names.frame).set(memory.i32('signal_queue').subarray(slot, slot + channels));
  clock[1] += 1n;
  return true;
}
