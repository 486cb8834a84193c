/** The C sources of a bundle: what a self-test compiles, and the heart of what is exported. */
import type { BundleInput, TextFiles } from './bundle-input.ts';
import { kernelConfig } from './files/kernel-config.ts';
import { kernelHeader } from './files/kernel-header.ts';
import { commonSources, publicHeaders, staticFile } from './files/static-files.ts';
import { vectorsHeader } from './files/vectors-files.ts';
import type { RuntimeExport, RuntimeFiles } from './runtimes/firmware-runtime.ts';

export interface BundleSources {
  files: TextFiles;
  /** C files under src/, in the order of the build files. */
  compiled: string[];
  runtime: RuntimeFiles;
}

export function bundleSources(input: BundleInput, runtime: RuntimeExport): BundleSources {
  const { manifest, vectors } = input;
  const built = runtime.build(input);
  const files: TextFiles = new Map([
    ['src/escapement/kernel.h', kernelHeader(manifest)],
    ...publicHeaders.map((name): [string, string] => [
      `src/escapement/${name}`,
      staticFile(`include/escapement/${name}`),
    ]),
    ...commonSources.map((name): [string, string] => [`src/${name}`, staticFile(`src/${name}`)]),
    [`src/${runtime.host}`, staticFile(`src/${runtime.host}`)],
    ['src/kernel_config.h', kernelConfig(manifest, built.config)],
    ['src/vectors.h', vectorsHeader(manifest, vectors)],
    ...built.files,
  ]);
  const compiled = [...commonSources.filter((name) => name.endsWith('.c')), runtime.host, ...built.sources];
  return { files, compiled, runtime: built };
}
