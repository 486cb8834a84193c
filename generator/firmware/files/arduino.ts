/** Files by which the Arduino IDE and PlatformIO take the folder as a library: sources and headers in src/. */
import type { KernelManifest } from '../../../kernel/manifest.ts';
import type { BundleSources } from '../sources.ts';

export function libraryFiles(
  manifest: KernelManifest,
  { runtime }: BundleSources,
): [path: string, text: string][] {
  const version = /(\d+\.\d+\.\d+)/.exec(manifest.generator)?.[1] ?? '0.0.0';
  const sentence = `Authentication kernel ${manifest.name}`;
  const { dependency } = runtime;
  const needsWasm3 = dependency?.name === 'wasm3';
  const platformio = {
    name: 'escapement-kernel',
    version,
    description: `${sentence}.`,
    license: 'Apache-2.0',
    frameworks: '*',
    platforms: '*',
    headers: 'escapement/kernel.h',
    ...(needsWasm3 ? { dependencies: { 'wasm3/Wasm3': '>=0.9.0' } } : {}),
    build: { srcDir: 'src', includeDir: 'src', flags: ['-O2', '-ffunction-sections', '-fdata-sections'] },
  };
  const properties = {
    name: 'EscapementKernel',
    version,
    author: 'Escapement',
    maintainer: 'Escapement',
    sentence: `${sentence}.`,
    paragraph: 'Raw sensor samples in, decision out. See README.md.',
    category: 'Signal Input/Output',
    url: '',
    architectures: '*',
    includes: 'escapement/kernel.h',
    ...(needsWasm3 ? { depends: 'Wasm3' } : {}),
  };
  return [
    ['library.json', `${JSON.stringify(platformio, null, 2)}\n`],
    [
      'library.properties',
      `${Object.entries(properties)
        .map(([key, value]) => `${key}=${value}`)
        .join('\n')}\n`,
    ],
  ];
}
