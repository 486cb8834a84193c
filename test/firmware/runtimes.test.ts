/**
 * Bundles for wasm3 and WAMR, built from their own folders as their READMEs say, with the real runtimes, and run: on this machine and for
 * 32-bit ARM in QEMU. The runtimes are not part of this project: set ESCAPEMENT_WASM3_DIR and ESCAPEMENT_WAMR_DIR to source
 * trees of the revisions that docs/firmware.md names.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportBundle } from '../../generator/firmware/bundle.ts';
import { hostCompiler, toolchains, version, type Tool } from '../../generator/firmware/selftest/toolchain.ts';
import { realKernel } from './real-kernel.ts';

const { compiler, emulator } = toolchains.a7;
const cmake = { name: 'cmake', debianPackage: 'cmake' };
const absent = (tools: readonly Tool[]) => tools.filter((t) => !version(t)).map((t) => t.name);

const machines = [
  { machine: 'this machine', tools: [cmake, hostCompiler], build: [], run: [] },
  {
    machine: '32-bit ARM',
    tools: [cmake, compiler, emulator],
    build: [
      '-DCMAKE_SYSTEM_NAME=Linux',
      `-DCMAKE_C_COMPILER=${compiler.name}`,
      '-DCMAKE_EXE_LINKER_FLAGS=-static',
    ],
    run: [emulator.name, '-cpu', 'cortex-a7'],
  },
];

describe.each([
  ['wasm3', 'ESCAPEMENT_WASM3_DIR'],
  ['wamr', 'ESCAPEMENT_WAMR_DIR'],
])('%s', (runtime, variable) => {
  const source = process.env[variable];
  for (const { machine, tools, build, run } of machines) {
    const missing = [...(source ? [] : [variable]), ...absent(tools)];
    it.skipIf(missing.length > 0)(
      `gives the bits of V8 on ${machine} from its static pool${missing.length > 0 ? ` (skipped without ${missing.join(', ')})` : ''}`,
      async () => {
        const { kernel, vectors } = await realKernel('pulse', '25hz');
        const folder = mkdtempSync(join(tmpdir(), 'escapement-'));
        try {
          for (const [path, bytes] of exportBundle({ ...kernel, runtime, vectors })) {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), bytes);
          }
          const options = ['-DCMAKE_BUILD_TYPE=Release', '-DESCAPEMENT_SELFTEST=ON', ...build];
          const configure = ['-S', '.', '-B', 'build', `-DESCAPEMENT_RUNTIME_DIR=${source}`, ...options];
          execFileSync('cmake', configure, { cwd: folder, stdio: 'pipe' });
          execFileSync('cmake', ['--build', 'build', '-j2'], { cwd: folder, stdio: 'pipe' });
          const [program, ...args] = [...run, join(folder, 'build/escapement_selftest')];
          const said = execFileSync(program, args, { encoding: 'utf8' });
          expect(said.trim()).toBe(
            `pulse/25hz: identical (status 0), ${vectors.windows.length} windows, 0 differences`,
          );
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      },
    );
  }
});
