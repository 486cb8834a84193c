/** LICENSES.md: what in a bundle comes from where. */
import { readFileSync } from 'node:fs';
import type { RuntimeFiles } from '../runtimes/firmware-runtime.ts';

export const licenceText = (): string => readFileSync(new URL('../../../LICENSE', import.meta.url), 'utf8');

export function licences({ dependency, sources }: RuntimeFiles): string {
  const rows = [
    ['host code, headers and build files', 'Escapement', 'Apache-2.0 (LICENSE)'],
    ['kernel.wasm and what is made of its data', 'your model', 'yours'],
    ...(sources.includes('kernel_code.c')
      ? [['kernel_code.c, kernel_code.h: the text around the kernel', 'wabt, wasm2c', 'Apache-2.0 (LICENSE)']]
      : []),
    ...(dependency ? [[`not in this folder: ${dependency.name}`, dependency.url, dependency.licence]] : []),
  ];
  return [
    '# Licences',
    '',
    '| what | from | licence |',
    '| --- | --- | --- |',
    ...rows.map((r) => `| ${r.join(' | ')} |`),
    '',
  ].join('\n');
}
