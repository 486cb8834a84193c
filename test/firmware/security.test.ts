/** What docs/security.md promises of the kernels themselves, on the examples and in V8. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasFunction } from '../../generator/firmware/kernel-features.ts';
import { templateBlocks } from '../../generator/firmware/template-blocks.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import { status } from '../../kernel/manifest.ts';
import { analyse, instrument, openMeter, operatorCounts } from '../../sim/wasm/index.ts';
import { realKernel, type RealKernel } from './real-kernel.ts';

describe.each([
  ['pulse', '25hz'],
  ['deepauth', 'rnn64'],
])('%s/%s', (example, model) => {
  let real: RealKernel;
  beforeAll(async () => {
    real = await realKernel(example, model);
  });
  const open = () => KernelInstance.load(real.kernel.wasm, real.kernel.manifest);

  it('answers any order of calls and any samples without a trap', () => {
    const kernel = open();
    const { channels } = real.kernel.manifest;
    const count = fc.oneof(fc.integer(), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 0, 2 ** 23, -(2 ** 23)));
    const frame = fc.tuple(...channels.map(() => count));
    const names = (['reset', 'prepare', 'model', 'decide', 'infer', 'enrol'] as const).filter((f) =>
      hasFunction(real.kernel.manifest, f),
    );
    const calls = fc.array(
      fc.oneof(
        { weight: 20, arbitrary: frame.map((f) => ({ push: f as number[] })) },
        { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => ({ name })) },
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(calls, (list) => {
        for (const call of list)
          if ('push' in call) kernel.push(call.push);
          else kernel.call(call.name);
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  it('survives windows of extreme and of constant samples', () => {
    const { manifest } = real.kernel;
    for (const fill of [
      () => 2 ** 31 - 1,
      () => -(2 ** 31),
      (i: number) => (i % 2 ? 2 ** 31 - 1 : -(2 ** 31)),
      () => 0,
    ]) {
      const kernel = open();
      for (let i = 0; i < manifest.steps * 2; i++) kernel.push(manifest.channels.map(() => fill(i)));
      const answer = kernel.infer();
      // Pulse refuses a window without a pulse in it.
      expect(answer >= -1 || answer === status.poorSignal).toBe(true);
    }
  });

  it('takes any bytes for a template without a trap: a forged one cannot stop the kernel', () => {
    const blocks = templateBlocks(real.kernel.manifest);
    const kernel = open();
    for (const frame of real.frames.slice(0, real.kernel.manifest.steps)) kernel.push(frame);
    kernel.infer();
    const memory = blocks.map(
      (b) => new Uint8Array(kernel.cells(b).buffer, b.address, kernel.cells(b).byteLength),
    );
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(255)), (bytes) => {
        for (const cells of memory)
          for (let i = 0; i < cells.length; i++) cells[i] = bytes.next().value as number;
        kernel.decide();
        if (hasFunction(real.kernel.manifest, 'enrol')) kernel.enrol();
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});

describe('deepauth/rnn64', () => {
  it('decides in the same operators whatever the distance: there is nothing to time', async () => {
    const { kernel, frames } = await realKernel('deepauth', 'rnn64');
    const analysis = analyse(kernel.wasm);
    const meter = openMeter(instrument(analysis));
    const host = new KernelInstance(meter.instance.exports, kernel.manifest);
    const decisions = new Set<number>();
    const operators = new Set<string>();
    let enrolled = 0;
    for (const frame of [...frames, ...frames, ...frames, ...frames]) {
      if (!host.push(frame)) continue;
      host.infer();
      if (enrolled < 4) {
        enrolled = host.enrol();
        continue;
      }
      for (const scale of [1, -1, 30]) {
        // The window's own features, their negative, and features far away.
        const features = host.cells(kernel.manifest.io.modelOutput) as Int16Array;
        features.forEach((f, i) => (features[i] = Math.max(-32768, Math.min(32767, f * scale))));
        const counts = meter.count(() => decisions.add(host.decide()));
        operators.add(JSON.stringify([...operatorCounts(analysis, counts)].sort()));
      }
    }
    expect([...decisions].sort()).toEqual([0, 1]);
    expect(operators.size).toBe(1);
  });
});
