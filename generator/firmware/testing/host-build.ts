/** For tests: compiles a bundle with a C program for this machine and runs it. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Warnings are errors everywhere but in the generated code. */
export function runOnHost(bundle: ReadonlyMap<string, Uint8Array>, program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-'));
  try {
    for (const [path, bytes] of bundle) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    copyFileSync(fileURLToPath(new URL(program, import.meta.url)), join(folder, program));
    const sources = [...bundle.keys()].filter((p) => /^src\/.*\.c$/.test(p)).concat(program);
    const objects = sources.map((path) => {
      const warnings = path.endsWith('kernel_code.c')
        ? ['-w']
        : ['-Wall', '-Wextra', '-Werror', '-Wconversion', '-Wno-sign-conversion'];
      const object = `${path.replaceAll('/', '_')}.o`;
      const flags = [
        '-std=gnu99',
        '-O1',
        '-fsanitize=address,undefined',
        '-fno-sanitize-recover',
        '-I',
        'src',
      ];
      execFileSync('gcc', [...flags, ...warnings, '-c', path, '-o', object], { cwd: folder, stdio: 'pipe' });
      return object;
    });
    execFileSync('gcc', ['-fsanitize=address,undefined', ...objects, '-o', 'program'], {
      cwd: folder,
      stdio: 'pipe',
    });
    return execFileSync(join(folder, 'program'), { encoding: 'utf8' }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
