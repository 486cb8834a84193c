/**
 * push(): one frame of raw counts into the window. Clamps to 24 bits, subtracts the first frame after reset and runs the
 * filter where the pipeline has one (or sums up a moving average), and stores the result in a ring of `steps` frames. Returns 1 when a window is due:
 * when the ring is full for the first time, then every `hop` frames.
 */
import type { Block, IntegerMemory } from '../emit/program.ts';
import type { FilterFormat, FixedSection } from './filter-format.ts';
import { fits64, isqrt, roundShift } from './integer.ts';
import { averageState, names, windowState, type StagePart } from './part.ts';
import { RAW_LIMIT } from './raw-count.ts';

export interface PushOptions {
  /** Columns of the window: the channels, or the sensors with `magnitude`. */
  channels: number;
  steps: number;
  hop: number;
  /** Without filter and average raw counts go into the window as they are. */
  filter?: FilterFormat;
  /** The first frame, which the filter subtracts, is added again: for low-pass filters. */
  keepsLevel?: true;
  /** Frames come from sample() and are clamped and scaled by 2^fraction already. */
  fraction?: number;
  /** Channels of each sensor, whose vector's length becomes a column, times 2^fraction. */
  magnitude?: { sensors: readonly (readonly number[])[]; fraction: number };
  /** Samples of a moving average: the window holds their sums, from the first whole span on. */
  average?: number;
}

const SECTION_STATE = 4;
const SECTION_COEFFICIENTS = 7;

export function pushStage(options: PushOptions): StagePart {
  const { channels, steps, filter, average } = options;
  const sections = filter?.sections ?? [];
  const blocks: Block[] = [
    {
      name: names.frame,
      type: 'i32',
      length: options.magnitude?.sensors.flat().length ?? channels,
      kind: 'io',
      note: 'one frame of raw counts',
    },
    {
      name: names.window,
      type: 'i32',
      length: steps * channels,
      kind: 'state',
      note: `ring of frames [${steps}][${channels}], one count is ${filter ? 1 / filter.scale : 1}`,
    },
    {
      name: names.windowState,
      type: 'i32',
      length: windowState.length,
      kind: 'state',
      note: 'slot, count, started, full, stale (see assembly/window.ts)',
    },
    ...(filter ? filterBlocks(channels, filter.sections) : []),
    ...(average ? [averageBlock(channels, average)] : []),
  ];
  return {
    blocks,
    stage: {
      name: 'signal_push',
      title: titleOf(options),
      blocks: blocks.map((b) => b.name),
      uses: {
        window: ['advance', ...(options.fraction === undefined ? ['clampCount'] : [])],
        ...(filter ? { biquad: ['biquad', 'remember'] } : {}),
        ...(options.magnitude ? { magnitude: ['magnitude'] } : {}),
        ...(average ? { 'moving-average': ['average'] } : {}),
      },
      body: body(options),
      returns: 'i32',
      macs: channels * sections.length * SECTION_COEFFICIENTS,
      proofs: [
        ...(filter?.proofs ?? []),
        ...(filter && options.keepsLevel
          ? [{ where: 'filter, level added', worstCase: levelLimit(filter), limit: 2 ** 31 - 1 }]
          : []),
      ],
      run: (memory) => run(memory, options),
    },
  };
}

function titleOf({ filter, average, magnitude }: PushOptions): string {
  if (magnitude) return `length of vectors${average ? `, mean of ${average}` : ''} and window`;
  if (filter) return `filter (${filter.sections.length} biquads a channel) and window`;
  return average ? `mean of ${average} samples and window` : 'window';
}

const averageBlock = (channels: number, average: number): Block => ({
  name: names.averageState,
  type: 'i32',
  length: averageState.sums + channels * (average + 1),
  kind: 'state',
  note: `position, frames, ${channels} sums, [${average}][${channels}] last values`,
});

function filterBlocks(channels: number, sections: readonly FixedSection[]): Block[] {
  return [
    {
      name: names.first,
      type: 'i32',
      length: channels,
      kind: 'state',
      note: 'first frame after reset',
    },
    {
      name: names.filterState,
      type: 'i32',
      length: channels * (sections.length * SECTION_STATE + 2),
      kind: 'state',
      note: `[${channels}] times x1 x2 e1 e2 a section, then y1 y2`,
    },
    {
      name: names.filterCoefficients,
      type: 'i32',
      length: sections.length * SECTION_COEFFICIENTS,
      kind: 'constant',
      data: Int32Array.from(sections.flatMap((s) => s.coefficients)),
      note: 'b0 b1 b2 -a1 -a2 -k1 -k2 a section',
    },
  ];
}

function body(options: PushOptions): string[] {
  const { channels, steps, hop, filter, average, fraction, keepsLevel } = options;
  const take = (address: string) =>
    fraction === undefined ? `clampCount(load<i32>(${address}))` : `load<i32>(${address})`;
  const row = `$${names.window} + <usize>(load<i32>($${names.windowState}) * ${channels * 4})`;
  const tail = `return advance($${names.windowState}, ${steps}, ${hop});`;
  if (!filter)
    return [
      `const row = ${row};`,
      ...(options.magnitude
        ? vectorLengths(options.magnitude, fraction === undefined)
        : [
            `for (let c: usize = 0; c < ${channels * 4}; c += 4) {`,
            `  store<i32>(row + c, ${take(`$${names.frame} + c`)});`,
            '}',
          ]),
      ...(average ? [`if (!average(row, ${channels}, ${average}, $${names.averageState})) return 0;`] : []),
      tail,
    ];
  const cascade = filter.sections.map(
    ({ shift }, k) =>
      `  x = biquad(x, $${names.filterCoefficients} + ${k * SECTION_COEFFICIENTS * 4}, state + ${k * SECTION_STATE * 4}, ${shift});`,
  );
  const outputs = filter.sections.length * SECTION_STATE * 4;
  return [
    `const row = ${row};`,
    `const started = load<i32>($${names.windowState}, ${windowState.started * 4});`,
    `let state = $${names.filterState};`,
    `for (let c: usize = 0; c < ${channels * 4}; c += 4) {`,
    `  const count = ${take(`$${names.frame} + c`)};`,
    `  if (!started) store<i32>($${names.first} + c, count);`,
    `  let x = (count - load<i32>($${names.first} + c)) << ${filter.fractionBits};`,
    ...cascade,
    `  remember(x, state + ${outputs});`,
    keepsLevel
      ? `  store<i32>(row + c, x + (load<i32>($${names.first} + c) << ${levelShift(filter)}));`
      : '  store<i32>(row + c, x);',
    `  state += ${outputs + 8};`,
    '}',
    tail,
  ];
}

/** Left shift from a raw count to the filter's output. */
function levelShift({ scale }: FilterFormat): number {
  const shift = -Math.log2(scale);
  if (shift < 0) throw new Error(`a low-pass filter whose output has steps of ${scale} counts`);
  return shift;
}

/** Largest magnitude of a filter's output with the first frame added again. */
export const levelLimit = (filter: FilterFormat): number =>
  filter.outputLimit + RAW_LIMIT * 2 ** levelShift(filter);

/** One call a sensor; counts that come straight from the host are clamped first. */
function vectorLengths({ sensors, fraction }: NonNullable<PushOptions['magnitude']>, raw: boolean): string[] {
  const clamp = [
    `for (let c: usize = 0; c < ${sensors.flat().length * 4}; c += 4) {`,
    `  store<i32>($${names.frame} + c, clampCount(load<i32>($${names.frame} + c)));`,
    '}',
  ];
  return [
    ...(raw ? clamp : []),
    ...sensors.map(
      ([first, ...others], s) =>
        `store<i32>(row, magnitude($${names.frame} + ${first * 4}, ${1 + others.length}, ${fraction}), ${s * 4});`,
    ),
  ];
}

/** Twin of assembly/magnitude.ts. */
function vectorLength(frame: Int32Array, sensor: readonly number[], fraction: number): number {
  const total = sensor.reduce((sum, c) => sum + BigInt(frame[c]) ** 2n, 0n);
  return Number((isqrt(fits64(total, 'sum of squares'), fraction + 1) + 1n) >> 1n);
}

function run(memory: IntegerMemory, options: PushOptions): number {
  const { channels, steps, hop, filter, average, fraction, magnitude } = options;
  const state = memory.i32(names.windowState);
  const frame = memory.i32(names.frame);
  const window = memory.i32(names.window);
  const row = state[windowState.slot] * channels;
  const clamp = (count: number) => Math.max(-RAW_LIMIT, Math.min(RAW_LIMIT, count));
  if (magnitude) {
    if (fraction === undefined) frame.set(frame.map(clamp));
    magnitude.sensors.forEach((sensor, s) => {
      window[row + s] = vectorLength(frame, sensor, magnitude.fraction);
    });
  } else
    for (let c = 0; c < channels; c++) {
      const count = fraction === undefined ? clamp(frame[c]) : frame[c];
      window[row + c] = filter ? filterSample(memory, filter, c, count) : count;
      if (filter && options.keepsLevel) window[row + c] += memory.i32(names.first)[c] << levelShift(filter);
    }
  if (average && !takeAverage(window.subarray(row, row + channels), average, memory)) return 0;
  return advance(state, steps, hop);
}

/** Twin of assembly/moving-average.ts. */
function takeAverage(row: Int32Array, samples: number, memory: IntegerMemory): boolean {
  const state = memory.i32(names.averageState);
  const { position, seen, sums } = averageState;
  const history = sums + row.length * (1 + state[position]);
  row.forEach((value, c) => {
    state[sums + c] += value - state[history + c];
    state[history + c] = value;
    row[c] = state[sums + c];
  });
  state[position] = (state[position] + 1) % samples;
  if (state[seen] === samples - 1) return true;
  state[seen] += 1;
  return false;
}

function filterSample(memory: IntegerMemory, filter: FilterFormat, c: number, count: number): number {
  const first = memory.i32(names.first);
  if (!memory.i32(names.windowState)[windowState.started]) first[c] = count;
  const stride = filter.sections.length * SECTION_STATE + 2;
  const state = memory.i32(names.filterState).subarray(c * stride, (c + 1) * stride);
  let x = (count - first[c]) << filter.fractionBits;
  filter.sections.forEach((section, k) => {
    x = biquad(x, section, state.subarray(k * SECTION_STATE));
  });
  state[stride - 1] = state[stride - 2];
  state[stride - 2] = x;
  return x;
}

/** Twin of assembly/biquad.ts. */
function biquad(x: number, { coefficients: c, shift }: FixedSection, state: Int32Array): number {
  const [x1, x2, e1, e2, y1, y2] = state;
  const sum = [x, x1, x2, y1, y2, e1, e2].reduce((total, v, i) => total + BigInt(c[i]) * BigInt(v), 0n);
  const y = roundShift(fits64(sum, 'sum of products of a biquad'), BigInt(shift));
  state[0] = x;
  state[1] = x1;
  state[2] = Number(sum - (y << BigInt(shift)));
  state[3] = e1;
  if (y !== BigInt.asIntN(32, y)) throw new Error(`output of a biquad does not fit 32 bits: ${y}`);
  return Number(y);
}

/** Twin of assembly/window.ts. */
function advance(state: Int32Array, steps: number, hop: number): number {
  const next = state[windowState.slot] + 1;
  state[windowState.slot] = next === steps ? 0 : next;
  state[windowState.started] = 1;
  if (next === steps) state[windowState.full] = 1;
  const count = state[windowState.count] + 1;
  state[windowState.count] = count === steps ? steps - hop : count;
  return count === steps ? 1 : 0;
}
