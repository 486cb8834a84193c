/** manifest.json of a bundle: what it is, what it promises, and the hash of every file. */
import { createHash } from 'node:crypto';
import type { KernelManifest } from '../../../kernel/manifest.ts';
import type { FirmwareRuntime } from '../../lint/runtime.ts';
import type { BundleBoard, BundleInput, Predictions } from '../bundle-input.ts';
import type { RamBothWays, RamUse, RuntimeDependency, RuntimeExport } from '../runtimes/firmware-runtime.ts';
import type { BundleSources } from '../sources.ts';

/** Its schema is generated into `schemas/bundle.schema.json`. */
export interface BundleManifest {
  bundleVersion: 1;
  generator: string;
  kernel: { name: string; wasmSha256: string; signature: string };
  /** Runtime of the bundle, with facts of its own (pool, translator, bounds checks). */
  runtime: { id: FirmwareRuntime; title: string; [fact: string]: unknown };
  /** The runtime's own sources, which are not in the bundle. */
  dependency?: Pick<RuntimeDependency, 'name' | 'url' | 'revision' | 'licence'>;
  board: BundleBoard | null;
  memory: KernelManifest['memory'] & {
    /** Static RAM by use, without the call stack. */
    ram: RamUse[];
    /** Its total, both ways. */
    ramBytes: RamBothWays;
  };
  predictions: Predictions | null;
  selfTest: { source: string; windows: number };
  /** Every other file by path. */
  files: { [path: string]: { bytes: number; sha256: string } };
}

export function bundleManifest(
  input: BundleInput,
  runtime: RuntimeExport,
  { runtime: built }: BundleSources,
  files: ReadonlyMap<string, Uint8Array>,
): BundleManifest {
  const { manifest, board, predictions, vectors } = input;
  const { dependency } = built;
  return {
    bundleVersion: 1,
    generator: manifest.generator,
    kernel: { name: manifest.name, wasmSha256: manifest.wasmSha256, signature: manifest.signature },
    runtime: { id: runtime.id, title: runtime.titleOf?.(input) ?? runtime.title, ...built.facts },
    ...(dependency
      ? {
          dependency: {
            name: dependency.name,
            url: dependency.url,
            revision: dependency.revision,
            licence: dependency.licence,
          },
        }
      : {}),
    board: board ?? null,
    memory: { ...manifest.memory, ram: built.ram, ramBytes: built.ramBytes },
    predictions: predictions ?? null,
    selfTest: { source: vectors.source, windows: vectors.windows.length },
    files: Object.fromEntries(
      [...files]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, bytes]) => [path, { bytes: bytes.length, sha256: sha256(bytes) }]),
    ),
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
