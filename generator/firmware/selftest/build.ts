/** Compiles the C sources of a bundle for a target, as a firmware would. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BundleSources } from '../sources.ts';
import { run, type Toolchain } from './toolchain.ts';

export interface ObjectSize {
  object: string;
  textBytes: number;
  dataBytes: number;
  bssBytes: number;
}

export interface BuiltImage {
  /** File name in the folder. */
  image: string;
  /** Of the bytes that would be flashed. */
  imageSha256: string;
  /** Address of `platform_mark`. */
  mark: number;
  /** What a firmware links: neither start-up code nor self-test. */
  objects: ObjectSize[];
}

const harness = new URL('./c/', import.meta.url);
const STRICT = ['-std=gnu99', '-Wall', '-Wextra', '-Werror'];
/** Generated code is not ours to tidy. */
const LENIENT = ['-std=gnu99', '-w'];

export async function buildImage(
  folder: string,
  sources: BundleSources,
  toolchain: Toolchain,
  more: readonly string[],
): Promise<BuiltImage> {
  writeFiles(folder, sources, toolchain);
  const compiled = [...sources.compiled, toolchain.platform, 'harness.c'];
  const flags = [...toolchain.flags, ...more, '-ffunction-sections', '-fdata-sections', '-I', 'src'];
  const objects = compiled.map((file) => file.replace(/\.c$/, '.o'));
  for (const [i, file] of compiled.entries()) {
    const warnings = file === 'kernel_code.c' ? LENIENT : STRICT;
    const path = sources.compiled.includes(file) ? `src/${file}` : file;
    await run(toolchain.compiler, [...flags, ...warnings, '-c', path, '-o', objects[i]], folder);
  }
  await run(
    toolchain.compiler,
    [...toolchain.flags, ...objects, ...toolchain.link, '-o', 'image.elf'],
    folder,
  );
  await run(toolchain.objcopy, ['-O', 'binary', 'image.elf', 'image.bin'], folder);
  const symbols = await run(toolchain.nm, ['image.elf'], folder);
  const mark = /^([0-9a-f]+) \w platform_mark$/m.exec(symbols);
  if (!mark) throw new Error('the image has no platform_mark');
  const shipped = objects.filter(
    (_, i) => sources.compiled.includes(compiled[i]) && compiled[i] !== 'selftest.c',
  );
  return {
    image: 'image.elf',
    imageSha256: createHash('sha256')
      .update(readFileSync(join(folder, 'image.bin')))
      .digest('hex'),
    mark: Number.parseInt(mark[1], 16) & ~1,
    objects: await sizes(folder, shipped, toolchain),
  };
}

function writeFiles(folder: string, sources: BundleSources, toolchain: Toolchain): void {
  for (const [path, content] of sources.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  for (const name of ['harness.c', 'platform.h', 'm4.ld', toolchain.platform])
    writeFileSync(join(folder, name), readFileSync(new URL(name, harness)));
}

/** Berkeley format: text, data, bss, dec, hex, filename. */
async function sizes(
  folder: string,
  objects: readonly string[],
  toolchain: Toolchain,
): Promise<ObjectSize[]> {
  const table = await run(toolchain.size, objects, folder);
  return table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .map(([text, data, bss, , , object]) => ({
      object: object.replace(/\.o$/, ''),
      textBytes: Number(text),
      dataBytes: Number(data),
      bssBytes: Number(bss),
    }));
}
