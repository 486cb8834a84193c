/** Turns a module into C by wabt's wasm2c, which is installed beside Node (Debian: apt-get install wabt). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firmwareRefusals } from '../../../common/refusals/index.ts';

export interface TranslatedModule {
  code: string;
  header: string;
  /** e.g. "1.0.32" */
  version: string;
}

/** Version of the installed wasm2c, or undefined. */
export function wasm2cVersion(): string | undefined {
  try {
    return execFileSync('wasm2c', ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/** Files called `<name>.c` and `<name>.h`, the module being called `kernel`. Throws ESC710, ESC711. */
export function translate(wasm: Uint8Array, name: string): TranslatedModule {
  const version = wasm2cVersion();
  if (version === undefined) throw firmwareRefusals.toolMissing('wasm2c', 'wabt');
  const folder = mkdtempSync(join(tmpdir(), 'escapement-'));
  try {
    writeFileSync(join(folder, 'kernel.wasm'), wasm);
    // Run inside the folder, so that no path of this machine can reach the output.
    execFileSync('wasm2c', ['kernel.wasm', '-n', 'kernel', '-o', `${name}.c`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const read = (suffix: string) => readFileSync(join(folder, name + suffix), 'utf8');
    return { code: read('.c'), header: read('.h'), version };
  } catch (error) {
    const stderr = String((error as { stderr?: unknown }).stderr ?? error);
    throw firmwareRefusals.toolFailed('wasm2c', stderr.trim().split('\n')[0].slice(0, 200));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
