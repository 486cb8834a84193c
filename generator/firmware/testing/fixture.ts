/** For tests: small kernels with the shape of real ones, compiled by the project's own compiler. */
import { compileKernel, type CompiledKernel, type KernelIdentity } from '../../compile/compile-kernel.ts';
import type { Block, Program, Stage } from '../../emit/program.ts';
import { names, windowState } from '../../stages/part.ts';

const stage = (name: string, blocks: string[], body: string[], returns: Stage['returns']): Stage => ({
  name,
  title: name,
  blocks,
  uses: {},
  body,
  returns,
  macs: 0,
  proofs: [],
  run: () => {},
});

const block = (b: Partial<Block> & Pick<Block, 'name' | 'type' | 'length' | 'kind'>): Block => ({
  note: b.name,
  ...b,
});

/**
 * A window of four frames of two channels; each output is a weighted sum over the window; the decision compares the outputs
 * with an enrolled template. Ring, weights, table look-up and template, as in the real ones.
 */
const verifier: Program = {
  name: 'fixture/verify',
  blocks: [
    block({
      name: 'weights',
      type: 'i8',
      length: 24,
      kind: 'constant',
      data: Int8Array.from({ length: 24 }, (_, i) => ((i * 37) % 251) - 125),
    }),
    block({
      name: 'table',
      type: 'i16',
      length: 64,
      kind: 'constant',
      data: Int16Array.from({ length: 64 }, (_, i) => i * i * 7 - 3000),
    }),
    block({ name: names.window, type: 'i32', length: 8, kind: 'state' }),
    block({ name: names.windowState, type: 'i32', length: windowState.length, kind: 'state' }),
    block({ name: names.template, type: 'i64', length: 6, kind: 'state' }),
    block({ name: names.count, type: 'i32', length: 1, kind: 'state' }),
    block({ name: names.frame, type: 'i32', length: 2, kind: 'io' }),
    block({ name: 'x', type: 'i16', length: 8, kind: 'io', scale: 1 }),
    block({ name: 'y', type: 'i16', length: 3, kind: 'io', scale: 0.5 }),
    block({ name: names.score, type: 'i64', length: 1, kind: 'io', scale: 1 }),
  ],
  stages: [
    stage(
      'signal_push',
      [names.frame, names.window, names.windowState],
      [
        `const slot = load<i32>($${names.windowState});`,
        `const row = $${names.window} + (<usize>slot << 3);`,
        `store<i32>(row, load<i32>($${names.frame}));`,
        `store<i32>(row, load<i32>($${names.frame}, 4), 4);`,
        `store<i32>($${names.windowState}, slot == 3 ? 0 : slot + 1);`,
        `if (slot == 3) store<i32>($${names.windowState}, 1, 12);`,
        'return <i32>(slot == 3);',
      ],
      'i32',
    ),
    stage(
      'signal_prepare',
      [names.window, names.windowState, 'x'],
      [
        `store<i32>($${names.windowState}, load<i32>($${names.windowState}, 12) ? 0 : -2, 16);`,
        `for (let i: usize = 0; i < 8; i++) store<i16>($x + (i << 1), load<i32>($${names.window} + (i << 2)));`,
      ],
      'void',
    ),
    stage(
      'model_sum',
      ['weights', 'table', 'x', 'y'],
      [
        'let w = $weights;',
        'for (let j: usize = 0; j < 6; j += 2) {',
        '  let sum = 0;',
        '  for (let i: usize = 0; i < 16; i += 2, w++) sum += <i32>load<i16>($x + i) * load<i8>(w);',
        '  store<i16>($y + j, load<i16>($table + (<usize>((sum >> 6) & 63) << 1)));',
        '}',
      ],
      'void',
    ),
    stage(
      'decision_distance',
      ['y', names.template, names.count, names.score, names.windowState],
      [
        `const stale = load<i32>($${names.windowState}, 16);`,
        'if (stale) return stale;',
        `if (load<i32>($${names.count}) == 0) return -1;`,
        'let away: i64 = 0;',
        'for (let j: usize = 0; j < 3; j++) {',
        `  const d = <i64>load<i16>($y + (j << 1)) * load<i32>($${names.count}) - load<i64>($${names.template} + (j << 4));`,
        '  away += d < 0 ? -d : d;',
        '}',
        `store<i64>($${names.score}, away);`,
        'return <i32>(away < 900);',
      ],
      'i32',
    ),
    stage(
      'decision_enrol',
      ['y', names.template, names.count, names.windowState],
      [
        `const stale = load<i32>($${names.windowState}, 16);`,
        'if (stale) return stale;',
        'for (let j: usize = 0; j < 3; j++) {',
        `  const to = $${names.template} + (j << 4);`,
        '  store<i64>(to, load<i64>(to) + <i64>load<i16>($y + (j << 1)));',
        '}',
        `const n = load<i32>($${names.count}) + 1;`,
        `store<i32>($${names.count}, n);`,
        'return n;',
      ],
      'i32',
    ),
  ],
  entries: [
    { name: 'push', stages: ['signal_push'] },
    { name: 'prepare', stages: ['signal_prepare'] },
    { name: 'model', stages: ['model_sum'] },
    { name: 'decide', stages: ['decision_distance'] },
    { name: 'infer', stages: ['signal_prepare', 'model_sum', 'decision_distance'] },
    { name: 'enrol', stages: ['decision_enrol'] },
  ],
};

const identity: KernelIdentity = {
  rateHz: 25,
  windowSeconds: 0.16,
  hopSeconds: 0.16,
  steps: 4,
  channels: [
    { name: 'ppg', sensor: 'ppg', unit: 'count', lsb: 1 },
    { name: 'x-acc', sensor: 'accelerometer', unit: 'm/s^2', lsb: 0.01 },
  ],
  trainedForRate: true,
  decision: { kind: 'mvn', features: 3, threshold: 900 },
  io: { frame: names.frame, modelInput: 'x', modelOutput: 'y', score: names.score },
};

let compiled: Promise<CompiledKernel> | undefined;

export const compileVerifier = (): Promise<CompiledKernel> =>
  (compiled ??= compileKernel(verifier, identity, { generator: 'escapement 0.0.0-test' }));

/** Frames that fill windows with changing values. */
export const fixtureFrames = (count: number): number[][] =>
  Array.from({ length: count }, (_, i) => [((i * 7919) % 401) - 200, ((i * 104729) % 997) - 498]);

/** A kernel that the host can make trap: 100 / x[0] plus a load at an index from x[1]. */
const trapping: Program = {
  name: 'fixture/trap',
  blocks: [
    block({ name: 'hundred', type: 'i32', length: 1, kind: 'constant', data: Int32Array.of(100) }),
    block({ name: 'x', type: 'i16', length: 2, kind: 'io', scale: 1 }),
    block({ name: 'y', type: 'i32', length: 1, kind: 'io', scale: 1 }),
  ],
  stages: [
    stage(
      'model_divide',
      ['hundred', 'x', 'y'],
      [
        'const quotient = load<i32>($hundred) / <i32>load<i16>($x);',
        'store<i32>($y, quotient + load<i32>($y + (<usize>(<i32>load<i16>($x, 2)) << 16)));',
        'return load<i32>($y);',
      ],
      'i32',
    ),
  ],
  entries: [{ name: 'infer', stages: ['model_divide'] }],
};

export const compileTrapping = (): Promise<CompiledKernel> =>
  compileKernel(
    trapping,
    {
      ...identity,
      channels: [],
      decision: { kind: 'argmax', classes: 101 },
      io: { modelInput: 'x', modelOutput: 'y' },
    },
    { generator: 'escapement 0.0.0-test' },
  );
