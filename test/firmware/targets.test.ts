/**
 * The examples' kernels on emulated targets: the bits of V8 on real windows, and what the proofs save. Reference figures that
 * the ratios are judged by: bounds checks cost x1.2 to x2.9 (arm-truth, shapes.md).
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { selfTest } from '../../generator/firmware/selftest/self-test.ts';
import { missingTools, selfTestTargets } from '../../generator/firmware/selftest/toolchain.ts';
import { realKernel, type RealKernel } from './real-kernel.ts';

describe.each([
  ['pulse', '25hz'],
  ['deepauth', 'rnn64'],
])('%s/%s', (example, model) => {
  let real: RealKernel;
  beforeAll(async () => {
    real = await realKernel(example, model);
  });

  for (const target of selfTestTargets) {
    const missing = missingTools(target).map((t) => t.name);
    const why = missing.length > 0 ? ` (skipped without ${missing.join(', ')})` : '';
    it.skipIf(missing.length > 0)(
      `gives the bits of V8 on ${target}, weights in flash, almost without checks${why}`,
      async () => {
        const { kernel, vectors } = real;
        const report = await selfTest({ target, kernel, vectors });
        expect(report.differences).toEqual([]);
        expect(report).toMatchObject({
          identical: true,
          windows: vectors.windows.length,
          facts: { weights: 'flash' },
        });
        const { total, any } = report.facts.memoryAccesses as { total: number; any: number };
        expect(any).toBeLessThanOrEqual(total * 0.03);
        // RAM is what the kernel writes, and some bookkeeping and a template record around it.
        const { heapBase, constantBytes } = kernel.manifest.memory;
        expect(report.ramBytes).toBeLessThan(heapBase - constantBytes + 1024);
      },
    );
  }

  const missing = missingTools('m4').map((t) => t.name);
  it.skipIf(missing.length > 0)(
    `saves more than half of the instructions of plain wasm2c${missing.length > 0 ? ` (skipped without ${missing.join(', ')})` : ''}`,
    async () => {
      const { kernel, vectors } = real;
      const count = async (checks: 'proved' | 'generated' | 'generated-unchecked') =>
        (await selfTest({ target: 'm4', kernel, vectors, checks })).instructions.inference.mean;
      const [proved, generated, unchecked] = [
        await count('proved'),
        await count('generated'),
        await count('generated-unchecked'),
      ];
      expect(generated / proved).toBeGreaterThan(2);
      // Code without any check is hardly cheaper: it pins every load and reads the memory's base again and again.
      expect(proved).toBeLessThan(unchecked * 1.02);
    },
  );
});
