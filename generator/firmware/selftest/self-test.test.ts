import { beforeAll, describe, expect, it } from 'vitest';
import type { CompiledKernel } from '../../compile/compile-kernel.ts';
import { compileVerifier, fixtureFrames } from '../testing/fixture.ts';
import { recordVectors, type FirmwareVectors } from '../vectors.ts';
import { selfTest } from './self-test.ts';
import { missingTools, selfTestTargets } from './toolchain.ts';

let kernel: CompiledKernel;
let vectors: FirmwareVectors;
beforeAll(async () => {
  kernel = await compileVerifier();
  vectors = recordVectors(kernel.wasm, kernel.manifest, {
    source: 'made up',
    frames: fixtureFrames(40),
    windows: 5,
  });
});

describe.each(selfTestTargets)('selfTest on %s', (target) => {
  const missing = missingTools(target).map((t) => t.name);
  const ready = it.skipIf(missing.length > 0);
  const why = missing.length > 0 ? ` (skipped without ${missing.join(', ')})` : '';

  ready(`gives the bits of V8${why}`, async () => {
    const report = await selfTest({ target, kernel, vectors });
    expect(report.differences).toEqual([]);
    expect(report).toMatchObject({ identical: true, windows: 5 });
    // Every path of the fixture is the same for all data, so the counts are as well.
    expect(report.instructions.inference.least).toBeGreaterThan(100);
    expect(report.instructions.push!.most).toBeLessThan(report.instructions.inference.least);
    if (target === 'm4') expect(report.stackBytes).toBeGreaterThan(50);
    expect(report.ramBytes).toBeLessThan(kernel.manifest.memory.heapBase + 600);
  });

  ready(`finds a single wrong bit${why}`, async () => {
    const windows = vectors.windows.map((w, i) =>
      i === 3 ? { ...w, output: [w.output[0] ^ 1n, ...w.output.slice(1)] } : w,
    );
    const report = await selfTest({ target, kernel, vectors: { ...vectors, windows } });
    expect(report.identical).toBe(false);
    expect(report.differences[0]).toMatch(/^window 3, output 0: -?\d+ on the target, -?\d+ in V8$/);
    expect(report.differences[1]).toMatch(/own comparison: result -48, 1 differences/);
  });

  ready(`builds the same image again${why}`, async () => {
    const [a, b] = [await selfTest({ target, kernel, vectors }), await selfTest({ target, kernel, vectors })];
    expect(a.imageSha256).toBe(b.imageSha256);
    expect(a).toEqual(b);
  });
});

describe('selfTest refuses', () => {
  it('vectors without a window (ESC713)', async () => {
    if (missingTools('m4').length > 0) return;
    await expect(selfTest({ target: 'm4', kernel, vectors: { ...vectors, windows: [] } })).rejects.toThrow(
      /ESC713/,
    );
  });

  it('a machine without the tools (ESC710)', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      await expect(selfTest({ target: 'm4', kernel, vectors })).rejects.toThrow(/ESC710.*apt-get install/);
    } finally {
      process.env.PATH = path;
    }
  });
});
