import { beforeAll, describe, expect, it } from 'vitest';
import type { CompiledKernel } from '../compile/compile-kernel.ts';
import { exportBundle } from './bundle.ts';
import { hostCompiler, version } from './selftest/toolchain.ts';
import { compileTrapping, compileVerifier, fixtureFrames } from './testing/fixture.ts';
import { runOnHost } from './testing/host-build.ts';
import { recordVectors } from './vectors.ts';
import { wasm2cVersion } from './wasm2c/translate.ts';

const missing = [...(wasm2cVersion() ? [] : ['wasm2c']), ...(version(hostCompiler) ? [] : ['gcc'])];

describe.skipIf(missing.length > 0)(
  `the typed API, on this machine (needs wasm2c and gcc; missing: ${missing})`,
  () => {
    let kernel: CompiledKernel;
    beforeAll(async () => {
      kernel = await compileVerifier();
    });
    const bundle = (weights: 'flash' | 'ram', checks: 'proved' | 'all') => {
      const vectors = recordVectors(kernel.wasm, kernel.manifest, {
        source: 'made up',
        frames: fixtureFrames(40),
        windows: 6,
      });
      return exportBundle({ ...kernel, runtime: 'wasm2c', vectors, weights, checks });
    };

    const expected = `closed push -16
closed infer -16
closed enrol -16
closed decide -16
closed output -16
closed reset -16
closed template -16
open 0
open again 0
no frame -19
no output -19
no template -19
infer without a window -2
enrol without a window -2
decide without a window -2
extreme frame 0
clamped low -8388607
clamped high 8388607
reset 0
window 1
infer before enrolment -1
enrol 1
infer 1
template read 0
score 0
something is in memory 1
reset 0
left after reset 0
window 1
infer after reset -1
template write 0
infer 1
window of another 1
infer 0
selftest 0
selftest windows 6
left after selftest 0`;

    it.each([
      ['flash', 'proved'],
      ['ram', 'all'],
    ] as const)(
      'answers every wrong order with a status and wipes everything (weights in %s, checks: %s)',
      (weights, checks) => {
        expect(runOnHost(bundle(weights, checks), 'api_test.c')).toBe(expected);
      },
    );

    it('checks bounds in 32 bits as they are meant in 64', () => {
      expect(runOnHost(bundle('flash', 'proved'), 'inside_test.c')).toBe('many, 0 wrong');
    });

    it('closes after a trap until it is reset', async () => {
      const { wasm, manifest } = await compileTrapping();
      const vectors = recordVectors(wasm, manifest, {
        source: 'made up',
        inputs: [
          [4, 0],
          [7, 0],
        ],
      });
      const files = exportBundle({ wasm, manifest, runtime: 'wasm2c', vectors });
      expect(runOnHost(files, 'trap_test.c')).toBe(`open 0
fine 25
divides by zero -17
closed -17
reset 0
fine again 25
beyond memory -17
closed -17
reset 0
below memory -17
reset 0
fine at last 20`);
    });
  },
);
