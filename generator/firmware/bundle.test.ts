import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompiledKernel } from '../compile/compile-kernel.ts';
import { readSections, writeSections } from '../compile/sections.ts';
import { lintModule } from '../lint/lint.ts';
import type { BundleInput, Predictions } from './bundle-input.ts';
import { exportBundle } from './bundle.ts';
import { compileVerifier, fixtureFrames } from './testing/fixture.ts';
import { recordVectors, type FirmwareVectors } from './vectors.ts';
import { wasm2cVersion } from './wasm2c/translate.ts';

let kernel: CompiledKernel;
let vectors: FirmwareVectors;
beforeAll(async () => {
  kernel = await compileVerifier();
  vectors = recordVectors(kernel.wasm, kernel.manifest, { source: 'made up', frames: fixtureFrames(40) });
});

const estimate = (value: number) => ({ value, low: value * 0.8, high: value * 1.25 });
const predictions: Predictions = {
  board: 'we-be-class',
  runtime: 'wasm3',
  latencyMs: estimate(120),
  cycles: estimate(1000),
  averageMw: estimate(2.5),
  averageMa: estimate(0.7),
  chargePerDayMah: estimate(16.8),
  chargePerDecisionUah: estimate(0.25),
  batteryHours: estimate(80),
  flashBytes: estimate(5000),
  stackBytes: null,
  notes: ['Not measured.'],
};
const make = (runtime: string, more: Partial<BundleInput> = {}) => {
  const { wasm, manifest } = kernel;
  return exportBundle({ wasm, manifest, vectors, runtime, ...more });
};
const text = (files: Map<string, Uint8Array>, path: string) => Buffer.from(files.get(path)!).toString('utf8');

describe.each(['wasm3', 'wamr', 'wamr-aot', ...(wasm2cVersion() ? ['wasm2c'] : [])])(
  'a bundle for %s',
  (runtime) => {
    it('is the same bytes for the same inputs', () => {
      const [a, b] = [make(runtime), make(runtime)];
      expect([...a.keys()]).toEqual([...b.keys()]);
      for (const [path, bytes] of a)
        expect(Buffer.from(bytes).equals(Buffer.from(b.get(path)!)), path).toBe(true);
    });

    it('holds the kernel as simulated, the typed header, host code, vectors, build files, six steps and licences', () => {
      const files = make(runtime);
      expect(files.get('kernel.wasm')).toEqual(kernel.wasm);
      expect(JSON.parse(text(files, 'kernel.json'))).toEqual(kernel.manifest);
      for (const path of [
        'selftest/main.c',
        'src/escapement/kernel.h',
        'src/escapement/store.h',
        'src/escapement/selftest.h',
        'src/kernel.c',
        'src/vectors.h',
        'vectors.json',
        'CMakeLists.txt',
        'zephyr/module.yml',
        'zephyr/CMakeLists.txt',
        'zephyr/Kconfig',
        'library.json',
        'library.properties',
        'LICENSE',
        'LICENSES.md',
      ])
        expect([...files.keys()]).toContain(path);
      const steps = text(files, 'README.md').match(/^[1-9]\. /gm);
      expect(steps).toHaveLength(6);
      for (const path of files.keys())
        if (path.endsWith('.c')) expect(text(files, 'CMakeLists.txt')).toContain(path);
    });

    it('lists every file with its hash', () => {
      const files = make(runtime);
      const manifest = JSON.parse(text(files, 'manifest.json')) as {
        files: Record<string, { sha256: string }>;
      };
      expect(Object.keys(manifest.files).sort()).toEqual(
        [...files.keys()].filter((p) => p !== 'manifest.json').sort(),
      );
      for (const [path, { sha256 }] of Object.entries(manifest.files))
        expect(createHash('sha256').update(files.get(path)!).digest('hex')).toBe(sha256);
    });

    it('allocates nothing', () => {
      for (const [path, bytes] of make(runtime))
        if (/\.[ch]$/.test(path) && !path.includes('kernel_code'))
          expect(Buffer.from(bytes).toString(), path).not.toMatch(/\b(malloc|calloc|realloc|free)\s*\(/);
    });

    it('repeats the predictions with their bands', () => {
      const files = make(runtime, {
        predictions,
        board: { id: 'we-be-class', name: 'We-Be class', core: 'cortex-m4' },
      });
      const said = text(files, 'README.md');
      expect(said).toContain('| latency, last sample to decision | 120 ms | 96 to 150 |');
      expect(said).toContain('| charge of one inference | 0.25 uAh | 0.2 to 0.313 |');
      expect(said).toContain('- Not measured.');
      expect(JSON.parse(text(files, 'manifest.json'))).toMatchObject({
        predictions,
        board: { id: 'we-be-class' },
      });
    });

    it('carries no path of this machine', () => {
      for (const [path, bytes] of make(runtime))
        expect(Buffer.from(bytes).toString(), path).not.toMatch(/\/(home|tmp|work|Users)\//);
    });
  },
);

describe('the typed header', () => {
  it('names the channels, their units and the sizes', () => {
    const header = text(make('wamr'), 'src/escapement/kernel.h');
    expect(header).toMatch(/int32_t x_acc; \/\* accelerometer, one count is 0.01 m\/s\^2 \*\//);
    expect(header).toMatch(/#define ESCAPEMENT_WINDOW_MS\s+160\b/);
    expect(header).toMatch(/#define ESCAPEMENT_TEMPLATE_BYTES\s+52\b/); // six sums of 8 bytes and a count of 4
    const bytes = [...Buffer.from(kernel.manifest.signature, 'hex')].join(', ');
    expect(header).toContain(`{ ${bytes}, }`);
  });
});

const strip = (wasm: Uint8Array) =>
  Buffer.from(
    writeSections(
      wasm,
      readSections(wasm).filter((s) => s.id !== 5),
    ),
  );

describe('the wasm3 variant', () => {
  it('differs from the simulated kernel in the memory section only, which holds __heap_base bytes', () => {
    const variant = make('wasm3').get('kernel.wasm3.wasm')!;
    expect(strip(variant).equals(strip(kernel.wasm))).toBe(true);
    expect(lintModule(variant, 'wasm3').filter((f) => f.severity === 'error')).toEqual([]);
    expect(WebAssembly.validate(variant)).toBe(false);
    const { heapBase } = kernel.manifest.memory;
    const [memory] = readSections(variant).filter((s) => s.id === 5);
    // limits: flags 9 (maximum, page size), minimum, maximum, log2 of the page size; LEB128 of a number below 16384
    const leb = [(heapBase & 127) | 128, heapBase >> 7];
    expect([...memory.payload]).toEqual([1, 9, ...leb, ...leb, 0]);
  });
});

describe('exportBundle refuses', () => {
  it('an unknown runtime (ESC701)', () => {
    expect(() => make('wasm4')).toThrow(/ESC701.*"wasm4".*Use one of wasm3, wamr/);
  });

  it('vectors without a window (ESC713)', () => {
    expect(() => make('wasm3', { vectors: { ...vectors, windows: [] } })).toThrow(
      /ESC713.*fixture\/verify.*longer than the window/,
    );
  });

  it('a module that the runtime would refuse (ESC714)', () => {
    const custom = make('wasm3').get('kernel.wasm3.wasm')!;
    const manifest = { ...kernel.manifest, wasmSha256: createHash('sha256').update(custom).digest('hex') };
    expect(() => make('wamr', { wasm: custom, manifest })).toThrow(
      /ESC714.*accepted-features.*custom-page-sizes/,
    );
  });

  it('the manifest of another kernel (ESC715)', () => {
    expect(() => make('wamr', { manifest: { ...kernel.manifest, wasmSha256: '00' } })).toThrow(
      /ESC715.*one compilation/,
    );
  });
});

describe('recordVectors', () => {
  it('keeps what V8 answers, enrolment included, and cuts the input after the last window', () => {
    expect(vectors.windows.map((w) => w.after)).toEqual([4, 8, 12]);
    expect(vectors.windows.map((w) => w.enrolment)).toEqual([1, 2, 0]);
    expect(vectors.windows[0].decision).toBe(-1); // nobody is enrolled yet
    expect(vectors.frames).toHaveLength(12);
    expect(vectors.windows.every((w) => w.output.length === 3 && w.score.length === 1)).toBe(true);
  });
});
