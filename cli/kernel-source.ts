/**
 * Layers and source lines of a module that `compile` made: kernel.json says which stages it has, kernel.ts beside it is compiled again with a source
 * map. The map holds when the code is the same byte for byte.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sourceLookup, type SourceMap, type SourcePosition } from '../common/source-map.ts';
import { compileAssemblyScript } from '../generator/compile/assemblyscript.ts';
import type { KernelManifest, ManifestStage } from '../kernel/manifest.ts';
import { decode } from '../sim/wasm/index.ts';
import { constantMemory } from '../sim/worst-case/kernel-worst-case.ts';
import type { ReadOnly } from '../sim/worst-case/value.ts';

export interface KernelSource {
  /** Of a module that `compile` made. */
  manifest?: KernelManifest;
  stages?: readonly ManifestStage[];
  locate?: (offset: number) => SourcePosition | null;
  /** Constants of the kernel: memory that it never writes. */
  readOnly?: readonly ReadOnly[];
  /** Text of kernel.ts by line, from 0. */
  text?: readonly string[];
  /** Why there are no layers or lines. */
  note?: string;
}

const codeSection = 10;

export async function kernelSource(path: string, wasm: Uint8Array): Promise<KernelSource> {
  const beside = (name: string) => join(dirname(path), name);
  if (!existsSync(beside('kernel.json'))) return {};
  const manifest = readManifest(beside('kernel.json'));
  if (manifest?.wasmSha256 !== createHash('sha256').update(wasm).digest('hex'))
    return { note: 'kernel.json beside the module belongs to another kernel: no layers.' };
  const { stages } = manifest;
  const readOnly = constantMemory({ module: decode(wasm) }, manifest);
  const known = { manifest, stages, readOnly };
  if (!existsSync(beside('kernel.ts')))
    return { ...known, note: 'No kernel.ts beside the module: no source lines.' };
  const source = readFileSync(beside('kernel.ts'), 'utf8');
  let map: SourceMap | undefined;
  let again: Uint8Array;
  try {
    again = await compileAssemblyScript(manifest.name, source, {
      pages: manifest.memory.pages,
      onSourceMap: (json) => (map = JSON.parse(json) as SourceMap),
    });
  } catch {
    return { ...known, note: 'kernel.ts does not compile with this release: no source lines.' };
  }
  const [code, other] = [codeOf(wasm), codeOf(again)];
  if (!map || !code || !other || !sameBytes(code.bytes, other.bytes))
    return { ...known, note: 'kernel.ts compiles to other code with this release: no source lines.' };
  const locate = sourceLookup(map);
  const shift = other.start - code.start;
  return { ...known, locate: (offset) => locate(offset + shift), text: source.split('\n') };
}

function readManifest(path: string): KernelManifest | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as KernelManifest;
  } catch {
    return null;
  }
}

function codeOf(wasm: Uint8Array): { start: number; bytes: Uint8Array } | null {
  const section = decode(wasm).sections.find((s) => s.id === codeSection);
  return section ? { start: section.contents, bytes: wasm.subarray(section.contents, section.end) } : null;
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
