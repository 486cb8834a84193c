/** The policy of smarteryou and waca on what their kernels decide about real people. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, openPipeline } from '../../cli/workbench.ts';
import { policySessions } from '../../cli/policy-sessions.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { readRecording } from '../../generator/data/recording.ts';
import { toFrames } from '../../generator/data/resample.ts';
import type { BuiltKernel } from '../../generator/build-kernel.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import { createGuard, type GuardEvent } from '../../sim/policy/guard.ts';
import { lockedWithin, takeovers, type Session } from '../../sim/policy/takeover.ts';
import { escapement } from '../cli/run.ts';
import { rowsOf } from './kernel-run.ts';

const loaded = openPipeline('smarteryou');
const { pipeline } = loaded;
const policy = pipeline.policy!;
const timing = pipeline.window;
const when = { windowSeconds: timing.seconds, hopSeconds: timing.hopSeconds };
const readme = readFileSync(
  fileURLToPath(new URL('../../examples/smarteryou/README.md', import.meta.url)),
  'utf8',
).replace(/ +/g, ' ');
let built: BuiltKernel;
let sessions: Session[];
beforeAll(async () => {
  built = await build(loaded, chooseModel(pipeline, { rateHz: 50 }));
  [sessions] = policySessions(loaded, built) as [Session[]];
});
const open = (): KernelInstance => {
  const kernel = KernelInstance.load(built.wasm, built.manifest);
  kernel.reset();
  return kernel;
};
const framesOf = (file: string) =>
  toFrames(
    readRecording(
      loaded.resolve(file),
      pipeline.channels.map((c) => c.name),
    ),
    pipeline.channels,
    50,
    'linear',
  );

describe('lock-out of smarteryou', () => {
  it.each([
    [1, 1, 0.5],
    [2, 3, 0.5],
    [3, 5, 1],
  ])(
    'after %d of %d rejections, decided each %d s, is what the README says',
    (rejections, of, decideEverySeconds) => {
      const found = takeovers(sessions, { ...policy, decideEverySeconds, lock: { rejections, of } }, when);
      expect(found.count).toBe(45);
      const cells = [lockedWithin(found, 6), lockedWithin(found, 18)].map((share) =>
        (100 * share).toFixed(1),
      );
      expect(readme).toContain(
        `| ${rejections} of ${of}, each ${decideEverySeconds} s | ${cells.join(' | ')} | ${found.lockedAfterS.at(-1)} s |`,
      );
      expect(found.retrainRequests).toBe(0);
    },
  );

  it('comes while windows still hold both people, on one stream of raw samples', () => {
    const kernel = open();
    const guard = createGuard(policy);
    const step = Math.round(policy.decideEverySeconds / timing.hopSeconds);
    const own = framesOf('recordings/s01-04.csv');
    const theirs = framesOf('recordings/s09-08.csv');
    let windows = 0;
    const events = [...own, ...theirs].flatMap((frame, i) => {
      if (!kernel.push(frame)) return [];
      const answer = kernel.infer();
      return windows++ % step === 0 ? guard.decided(i / 50 - own.length / 50, answer) : [];
    });
    const [lock] = events;
    expect(lock?.kind).toBe('locked');
    expect(lock!.atS).toBeGreaterThan(0);
    expect(lock!.atS).toBeLessThanOrEqual(6);
  });
});

describe('lock-out of waca', () => {
  it('is what the README says', async () => {
    const waca = openPipeline('waca');
    const kernel = await build(waca, chooseModel(waca.pipeline, { model: 'euclidean', rateHz: 100 }));
    const all = policySessions(waca, kernel).flat();
    const { seconds, hopSeconds } = waca.pipeline.window;
    const found = takeovers(all, waca.pipeline.policy!, { windowSeconds: seconds, hopSeconds });
    const ended = found.lockedAfterS.filter((s) => s === Infinity).length;
    expect(
      [found.count, lockedWithin(found, 9), lockedWithin(found, 18), ended].map(
        (v) => Math.round(v * 100) / 100,
      ),
    ).toEqual([168, 0.96, 0.98, 3]);
  });
});

describe('requests for new training', () => {
  const tensors = loaded.resolve('windows.safetensors');
  const retrainSeconds = 60;

  /** Plays windows on the kernel hop by hop and says when it asks, in seconds. */
  function askedAfter(kernel: KernelInstance, windows: readonly Float64Array[]): number | undefined {
    const at = windows.findIndex((x) => {
      kernel.writeModelInput(x);
      kernel.model();
      kernel.decide();
      return Number(kernel.cells(kernel.manifest.io.retrain!)[0]) !== 0;
    });
    return at < 0 ? undefined : (at + 1) * timing.hopSeconds;
  }

  it('come after a minute of the owner’s own windows of low confidence, and never from anybody else', () => {
    const x = rowsOf(tensors, 'x_test');
    const genuine = rowsOf(tensors, 'genuine').map(([v]) => v === 1);
    const kernel = open();
    const confidence = x.map((window) => {
      kernel.writeModelInput(window);
      kernel.model();
      kernel.decide();
      return kernel.readReal(kernel.manifest.io.score!)[0]!;
    });
    const low = x.filter((_, i) => genuine[i] && confidence[i]! >= 0 && confidence[i]! < 0.2);
    expect(low.length).toBeGreaterThan(3);
    kernel.reset();
    const minutes = Array.from({ length: 200 }, (_, i) => low[i % low.length]!);
    expect(askedAfter(kernel, minutes)).toBe(retrainSeconds);

    // Anybody else: ten minutes of each session, over and over.
    const numbers = rowsOf(tensors, 'session_test').map(([v]) => v!);
    for (const number of new Set(numbers.filter((_, i) => !genuine[i]))) {
      const own = x.filter((_, i) => numbers[i] === number);
      kernel.reset();
      expect(
        askedAfter(
          kernel,
          Array.from({ length: 1200 }, (_, i) => own[i % own.length]!),
        ),
        `session ${number}`,
      ).toBeUndefined();
    }
  });
});

describe('a device that is missing', () => {
  it.each([
    ['phone', [0, 1]],
    ['watch', [2, 3]],
  ] as const)('%s alone gives no decision, and the silence locks', (_, present) => {
    const kernel = open();
    const guard = createGuard(policy);
    const frames = framesOf('recordings/s01-04.csv');
    const { channels } = pipeline;
    const sensors = [0, 1, 2, 3].map((s) => ({
      first: s * 3,
      here: (present as readonly number[]).includes(s),
    }));
    let both = 0;
    const events: GuardEvent[] = [];
    const feed = (index: number, only: boolean) => {
      let decided = false;
      const timeUs = BigInt(index * 20_000);
      sensors.forEach(({ first, here }, sensor) => {
        if (only && !here) return;
        const verdict = kernel.sample(
          sensor,
          timeUs,
          first,
          [...frames[index % frames.length]!].slice(first, first + 3),
        );
        if (verdict === 1) decided = true;
      });
      if (decided) {
        both = index;
        events.push(...guard.decided(index / 50, 1));
      } else events.push(...guard.waited(index / 50));
    };
    expect(channels.length).toBe(12);
    for (let i = 0; i < 200; i++) feed(i, false);
    expect(both).toBeGreaterThan(140);
    const last = both;
    for (let i = 200; i < 900; i++) feed(i, true);
    // A window that was due may still complete from what had arrived.
    expect(both - last).toBeLessThanOrEqual(25);
    expect(events).toEqual([{ kind: 'locked', atS: both / 50 + policy.silenceSeconds, because: 'silence' }]);
  });
});

describe('escapement policy', () => {
  it('prints lock-out, false locks and requests, and refuses a pipeline without sessions (ESC274)', async () => {
    const { code, out, err } = await escapement('policy', 'smarteryou', '--days', '2');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/takeovers, every session of everybody else once: 45/);
    expect(out).toMatch(/requests for new training that they raised: 0/);
    const json = JSON.parse((await escapement('policy', 'smarteryou', '--days', '2', '--json')).out) as {
      takeovers: { count: number };
      days: number;
    };
    expect([json.takeovers.count, json.days]).toEqual([45, 2]);
    const refused = await escapement('policy', 'pulse');
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringMatching(/ESC274 pulse: there is no "policy"/),
    ]);
    const impossible = await escapement('policy', 'smarteryou', '--rejections', '4', '--of', '3');
    expect([impossible.code, impossible.err]).toEqual([
      2,
      expect.stringMatching(/ESC240 --rejections is 4\..*1 to 3/),
    ]);
    expect((await escapement('policy', 'smarteryou', '--every', '0.1')).err).toMatch(
      /ESC273 --every is 0\.1 s, less than 0\.5 s/,
    );
  });
});
