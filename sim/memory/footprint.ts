/**
 * Flash and RAM of a kernel under a runtime, from the module itself, from what the runtime makes of it, and from what the
 * runtime was measured to take.
 *
 * Weights are data segments that are copied into linear memory, so they cost flash (in the module or as initialisers)
 * and RAM. Linear memory comes in 64 KiB pages except where a runtime can shrink it (see linear-memory.ts). Interpreters
 * keep the module in flash, as the firmware bundle loads it; their translated code is worked out operation by operation.
 */
import type { KernelManifest } from '../../kernel/manifest.ts';
import { findCore } from '../cores/index.ts';
import type { MemoryItem } from '../result.ts';
import { findRuntime, isRewritten, type Runtime } from '../runtimes/index.ts';
import { compiledStackBytes } from '../timing/stack-depth.ts';
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import { compiledKernelBytes, OBJECT_RATIO } from './compiled-code.ts';
import { interpreterItems } from './interpreter.ts';
import { memoryItem } from './item.ts';
import { linearMemoryBytes, type LinearMemory } from './linear-memory.ts';

export interface FootprintInput {
  analysis: ModuleAnalysis;
  /** Of a real window: they decide how code is compiled. */
  counts: BlockCounts;
  /** Only names the items better; every figure comes from the module. */
  manifest?: KernelManifest;
  /** Ids. */
  runtime: string;
  core: string;
}

export function footprint({ analysis, counts, manifest, runtime, core }: FootprintInput): MemoryItem[] {
  const engine = findRuntime(runtime);
  findCore(core);
  const inFlash = isRewritten(engine) ? writtenMemory(analysis) : null;
  const memory = inFlash ?? linearMemoryBytes(analysis.module, engine.memory.pages);
  const constants = manifest && !inFlash ? ` (${manifest.memory.constantBytes} bytes of it constants)` : '';
  const { codeFlash, fixedRam } = engine.memory;
  const band = { low: fixedRam.value, high: fixedRam.value, ...fixedRam };
  return [
    ...(engine.memory.keepsModule
      ? [
          memoryItem(
            'module',
            { flash: analysis.bytes.length },
            'measured',
            'length of the module, which stays in flash',
          ),
        ]
      : compiledItems(engine, analysis, counts)),
    memoryItem(
      `linear memory${constants}`,
      { ram: { value: memory.bytes, low: memory.low, high: memory.bytes } },
      'measured',
      memory.rule,
    ),
    memoryItem(
      `${engine.name}: code`,
      { flash: { low: codeFlash.value, high: codeFlash.value, ...codeFlash } },
      codeFlash.kind,
      codeFlash.source,
    ),
    memoryItem(`${engine.name}: RAM`, { ram: band }, fixedRam.kind, fixedRam.source),
    ...(engine.execution.kind === 'interpreted' ? interpreterItems(engine, analysis) : []),
  ];
}

/** Firmware that reads constants where they are in flash has RAM for the rest alone. */
function writtenMemory({ placed }: ModuleAnalysis): LinearMemory | null {
  if (!placed?.flash) return null;
  const bytes = placed.ram.end - placed.ram.first;
  return {
    bytes,
    low: bytes,
    rule: 'the embedder allocates what lies behind the constants, which stay in flash',
  };
}

function compiledItems(engine: Runtime, analysis: ModuleAnalysis, counts: BlockCounts): MemoryItem[] {
  const { checked, rewritten = false } =
    engine.execution.kind === 'compiled' ? engine.execution : { checked: true };
  const code = compiledKernelBytes(analysis, counts, checked, rewritten);
  const dataBytes = analysis.module.data.reduce((total, d) => total + d.bytes.length, 0);
  const stack = Math.max(
    0,
    ...analysis.module.exports
      .filter((e) => e.kind === 'function')
      .map((e) => compiledStackBytes(analysis, counts, e.name, checked, rewritten) ?? 0),
  );
  const items = [
    memoryItem(
      'compiled kernel',
      { flash: code },
      'model',
      `instructions of the compiled-code model, times ${OBJECT_RATIO.low} to ${OBJECT_RATIO.high} as gcc's objects of 67 modules show`,
    ),
    memoryItem('data initialisers', { flash: dataBytes }, 'measured', 'data section of the module'),
    memoryItem(
      'native stack',
      { ram: { value: stack, low: stack / 2, high: stack * 2 + 64 } },
      'model',
      'saved registers and spills on the deepest path of calls, by the compiled-code model',
    ),
  ];
  if (engine.id === 'wamr-aot')
    items.push(
      memoryItem(
        'AOT image in RAM',
        { ram: { value: code.value + dataBytes, low: 0, high: code.high + dataBytes } },
        'model',
        'the loader relocates in place, so the firmware bundle copies the image; none of it with --xip',
      ),
    );
  return items;
}
