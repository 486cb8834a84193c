/**
 * Everything that a firmware engineer drops into a tree: the kernel as it was simulated, the variant that the runtime needs,
 * typed C around it, self-test vectors, build files, and a README in six steps. The same inputs give the same bytes.
 */
import { createHash } from 'node:crypto';
import { firmwareRefusals } from '../../common/refusals/index.ts';
import { lintModule } from '../lint/lint.ts';
import type { BundleInput } from './bundle-input.ts';
import { libraryFiles } from './files/arduino.ts';
import { cmakeFile } from './files/cmake.ts';
import { licences, licenceText } from './files/licences.ts';
import { bundleManifest } from './files/manifest.ts';
import { readme } from './files/readme.ts';
import { staticFile } from './files/static-files.ts';
import { vectorsJson } from './files/vectors-files.ts';
import { zephyrFiles } from './files/zephyr.ts';
import { findRuntimeExport } from './runtimes/index.ts';
import { bundleSources } from './sources.ts';

/**
 * Files by path, sorted. Throws ESC701 for an unknown runtime, ESC713 for vectors without a window, ESC714 where the module
 * breaks a rule of the runtime, ESC715 for a manifest of another kernel, ESC710 and ESC711 where wasm2c is missing or fails.
 */
export function exportBundle(input: BundleInput): Map<string, Uint8Array> {
  const { wasm, manifest, vectors } = input;
  const runtime = findRuntimeExport(input.runtime);
  const hash = createHash('sha256').update(wasm).digest('hex');
  if (hash !== manifest.wasmSha256) throw firmwareRefusals.otherKernel(manifest.name, hash.slice(0, 12));
  const [broken] = lintModule(wasm, runtime.id).filter((f) => f.severity === 'error');
  if (broken) throw firmwareRefusals.notFlashable(manifest.name, broken.rule, broken.message, broken.next);
  if (vectors.windows.length === 0) throw firmwareRefusals.noWindows(manifest.name);
  const sources = bundleSources(input, runtime);
  const files = new Map<string, string | Uint8Array>([
    ['kernel.wasm', wasm],
    ['kernel.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ['vectors.json', vectorsJson(vectors)],
    ...sources.files,
    ['CMakeLists.txt', cmakeFile(sources)],
    ['selftest/main.c', staticFile('selftest/main.c')],
    ...zephyrFiles(sources),
    ...libraryFiles(manifest, sources),
    ['README.md', readme(input, runtime, sources)],
    ['LICENSES.md', licences(sources.runtime)],
    ['LICENSE', licenceText()],
  ]);
  const bytes = new Map([...files].map(([path, content]) => [path, encode(content)] as const));
  const about = bundleManifest(input, runtime, sources, bytes);
  bytes.set('manifest.json', encode(`${JSON.stringify(about, null, 2)}\n`));
  return new Map([...bytes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const encode = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
