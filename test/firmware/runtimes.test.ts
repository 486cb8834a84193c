/**
 * Bundles for wasm3 and WAMR, built by their own CMake files with the real runtimes for 32-bit ARM and run in QEMU. The
 * runtimes are not part of this project: set ESCAPEMENT_WASM3_DIR and ESCAPEMENT_WAMR_DIR to source trees of the revisions
 * that docs/firmware.md names.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportBundle } from '../../generator/firmware/bundle.ts';
import { toolchains, version } from '../../generator/firmware/selftest/toolchain.ts';
import { realKernel } from './real-kernel.ts';

const { compiler, emulator } = toolchains.a7;
const tools = [compiler, emulator, { name: 'cmake', debianPackage: 'cmake' }]
  .filter((t) => !version(t))
  .map((t) => t.name);

const program = `#include <stdio.h>
#include "escapement/kernel.h"
#include "escapement/selftest.h"
int main(void) {
  escapement_selftest_report report;
  int result = (int)escapement_selftest(&report);
  printf("result %d windows %u\\n", result, (unsigned)report.windows);
  return 0;
}
`;

describe.each([
  ['wasm3', 'ESCAPEMENT_WASM3_DIR'],
  ['wamr', 'ESCAPEMENT_WAMR_DIR'],
])('%s', (runtime, variable) => {
  const source = process.env[variable];
  const missing = [...(source ? [] : [variable]), ...tools];
  it.skipIf(missing.length > 0)(
    `gives the bits of V8 on 32-bit ARM from its static pool${missing.length > 0 ? ` (skipped without ${missing.join(', ')})` : ''}`,
    async () => {
      const { kernel, vectors } = await realKernel('pulse', '25hz');
      const folder = mkdtempSync(join(tmpdir(), 'escapement-'));
      try {
        for (const [path, bytes] of exportBundle({ ...kernel, runtime, vectors })) {
          mkdirSync(dirname(join(folder, 'bundle', path)), { recursive: true });
          writeFileSync(join(folder, 'bundle', path), bytes);
        }
        writeFileSync(join(folder, 'main.c'), program);
        writeFileSync(
          join(folder, 'CMakeLists.txt'),
          `cmake_minimum_required(VERSION 3.14)
project(host C ASM)
set(WAMR_BUILD_PLATFORM linux)
set(WAMR_BUILD_TARGET ARMV7)
set(WAMR_DISABLE_HW_BOUND_CHECK 1)
add_subdirectory(bundle)
add_executable(host main.c)
target_link_libraries(host escapement_kernel pthread dl)
`,
        );
        const build = [
          '-S',
          '.',
          '-B',
          'build',
          '-DCMAKE_SYSTEM_NAME=Linux',
          `-DCMAKE_C_COMPILER=${compiler.name}`,
          '-DCMAKE_BUILD_TYPE=Release',
          '-DCMAKE_EXE_LINKER_FLAGS=-static',
          `-DESCAPEMENT_RUNTIME_DIR=${source}`,
        ];
        execFileSync('cmake', build, { cwd: folder, stdio: 'pipe' });
        execFileSync('cmake', ['--build', 'build', '-j2'], { cwd: folder, stdio: 'pipe' });
        const said = execFileSync(emulator.name, [join(folder, 'build/host')], { encoding: 'utf8' });
        expect(said.trim()).toBe(`result 0 windows ${vectors.windows.length}`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
