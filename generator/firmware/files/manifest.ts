/** manifest.json of a bundle: what it is, what it promises, and the hash of every file. */
import { createHash } from 'node:crypto';
import type { BundleInput } from '../bundle-input.ts';
import type { RuntimeExport } from '../runtimes/firmware-runtime.ts';
import type { BundleSources } from '../sources.ts';

export function bundleManifest(
  input: BundleInput,
  runtime: RuntimeExport,
  { runtime: built }: BundleSources,
  files: ReadonlyMap<string, Uint8Array>,
): string {
  const { manifest, board, predictions, vectors } = input;
  return `${JSON.stringify(
    {
      bundleVersion: 1,
      generator: manifest.generator,
      kernel: { name: manifest.name, wasmSha256: manifest.wasmSha256, signature: manifest.signature },
      runtime: { id: runtime.id, title: runtime.title, ...built.facts },
      ...(built.dependency
        ? {
            dependency: {
              name: built.dependency.name,
              url: built.dependency.url,
              revision: built.dependency.revision,
              licence: built.dependency.licence,
            },
          }
        : {}),
      board: board ?? null,
      memory: { ...manifest.memory, ram: built.ram },
      predictions: predictions ?? null,
      selfTest: { source: vectors.source, windows: vectors.windows.length },
      files: Object.fromEntries(
        [...files]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([path, bytes]) => [path, { bytes: bytes.length, sha256: sha256(bytes) }]),
      ),
    },
    null,
    2,
  )}\n`;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
