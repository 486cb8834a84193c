import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelManifest } from '../../kernel/manifest.ts';
import { kernelHeader } from './files/kernel-header.ts';
import { staticFile } from './files/static-files.ts';
import { hostCompiler, version } from './selftest/toolchain.ts';
import { compileVerifier } from './testing/fixture.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

const run = (path: string, ...args: string[]) => execFileSync(path, args, { encoding: 'utf8' }).trim();

describe.skipIf(!version(hostCompiler))('store.c, compiled for this machine (skipped without gcc)', () => {
  let folder: string;
  let program: string;

  const build = (manifest: KernelManifest, name: string): string => {
    const tree = join(folder, name);
    mkdirSync(join(tree, 'escapement'), { recursive: true });
    writeFileSync(join(tree, 'escapement/kernel.h'), kernelHeader(manifest));
    writeFileSync(join(tree, 'escapement/store.h'), staticFile('include/escapement/store.h'));
    writeFileSync(join(tree, 'store.c'), staticFile('src/store.c'));
    copyFileSync(join(here, 'testing/store_test.c'), join(tree, 'store_test.c'));
    const flags = [
      '-std=c99',
      '-Wall',
      '-Wextra',
      '-Werror',
      '-O1',
      '-fsanitize=address,undefined',
      '-I',
      '.',
    ];
    execFileSync('gcc', [...flags, 'store.c', 'store_test.c', '-o', 'store_test'], { cwd: tree });
    return join(tree, 'store_test');
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'escapement-'));
    program = build((await compileVerifier()).manifest, 'ours');
  });

  it('keeps the last template or gives the new one, wherever the power is cut', async () => {
    // Five states of the slots; each save erases a slot of SLOT_BYTES + 64 and writes SLOT_BYTES.
    const { manifest } = await compileVerifier();
    const slot = Number(/ESCAPEMENT_SLOT_BYTES +(\d+)/.exec(kernelHeader(manifest))?.[1]);
    expect(run(program, 'cuts')).toBe(`cuts ${5 * (slot + 64 + slot)}`);
  });

  it('takes the older slot when any bit of the newer one has turned', () => {
    expect(run(program, 'flips')).toMatch(/^flips \d+$/);
  });

  it('refuses the template of another model', async () => {
    const { manifest } = await compileVerifier();
    const other = build({ ...manifest, signature: '0011223344556677' }, 'other');
    const image = join(folder, 'flash.bin');
    expect(run(program, 'save', image, '7')).toBe('0');
    expect(run(program, 'load', image)).toBe('7');
    expect(run(other, 'load', image)).toBe('-33'); // ESCAPEMENT_OTHER_MODEL
  });
});
