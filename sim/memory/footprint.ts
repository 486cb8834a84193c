/**
 * Flash and RAM of a kernel under a runtime, from the module itself and the runtime's published overhead.
 *
 * Weights are data segments that are copied into linear memory, so they cost flash (in the module or as initialisers)
 * and RAM. Linear memory comes in 64 KiB pages except where a runtime can shrink it:
 * - WAMR: to `__heap_base`, rounded up to 8 bytes, when the module exports immutable `__heap_base` and `__data_end` and
 *   uses neither memory.grow nor memory.size (wasm_loader.c, 646b5a9b);
 * - wasm3 0.9: by a custom page size of 1 byte, same size (a variant of the module; V8 refuses it);
 * - wasm2c: the embedder allocates the memory, so the same size without conditions on exports other than `__heap_base`.
 */
import type { KernelManifest } from '../../kernel/manifest.ts';
import { findCore } from '../cores/index.ts';
import type { MemoryItem } from '../result.ts';
import { findRuntime, type Runtime } from '../runtimes/index.ts';
import type { ModuleAnalysis } from '../wasm/index.ts';
import { linearMemoryBytes } from './linear-memory.ts';

export interface FootprintInput {
  analysis: ModuleAnalysis;
  /** Only names the items better; every figure comes from the module. */
  manifest?: KernelManifest;
  /** Ids. */
  runtime: string;
  core: string;
}

export function footprint({ analysis, manifest, runtime, core }: FootprintInput): MemoryItem[] {
  const engine = findRuntime(runtime);
  findCore(core);
  const { module } = analysis;
  const code = module.sections.find((s) => s.id === 10);
  const codeBytes = code ? code.end - code.contents : 0;
  const dataBytes = module.data.reduce((total, d) => total + d.bytes.length, 0);
  const items: MemoryItem[] = [];
  if (engine.memory.keepsModule)
    items.push({
      name: 'module',
      flashBytes: analysis.bytes.length,
      ramBytes: 0,
      kind: 'measured',
      source: 'length of the module',
    });
  else
    items.push(compiledCode(engine, codeBytes), {
      name: 'data initialisers',
      flashBytes: dataBytes,
      ramBytes: 0,
      kind: 'measured',
      source: 'data section of the module',
    });
  const memory = linearMemoryBytes(module, engine.memory.pages);
  items.push({
    name: manifest
      ? `linear memory (${manifest.memory.constantBytes} bytes of it constants)`
      : 'linear memory',
    flashBytes: 0,
    ramBytes: memory.bytes,
    kind: 'measured',
    source: memory.rule,
  });
  const { codeFlash, fixedRam } = engine.memory;
  items.push({
    name: `${engine.name}: code`,
    flashBytes: codeFlash.value,
    ramBytes: 0,
    kind: codeFlash.kind,
    source: codeFlash.source,
  });
  items.push({
    name: `${engine.name}: RAM`,
    flashBytes: 0,
    ramBytes: fixedRam.value,
    kind: fixedRam.kind,
    source: fixedRam.source,
  });
  return items;
}

function compiledCode(engine: Runtime, codeBytes: number): MemoryItem {
  const checked = engine.id !== 'wasm2c-unchecked';
  return {
    name: 'compiled kernel',
    flashBytes: Math.ceil(codeBytes * (checked ? 2.5 : 1.5)),
    ramBytes: 0,
    kind: 'assumed',
    source: 'code section times an assumed expansion',
  };
}
