/** What an interpreter takes beside the module and its linear memory. */
import { exact, sum, type Estimate } from '../../common/estimate.ts';
import type { Sourced } from '../../common/sourced.ts';
import type { MemoryItem } from '../result.ts';
import type { Runtime } from '../runtimes/index.ts';
import type { ModuleAnalysis } from '../wasm/index.ts';
import { deepestPath } from './call-depth.ts';
import { memoryItem } from './item.ts';
import { translatedWamrFast } from './translated-wamr.ts';
import { translatedWasm3 } from './translated-wasm3.ts';
import { frameBytes } from './wasm-frames.ts';

const band = ({ value, low = value, high = value }: Sourced): Estimate => ({ value, low, high });
const many = (s: Sourced, n: number): Estimate => {
  const { value, low, high } = band(s);
  return { value: value * n, low: low * n, high: high * n };
};

export function interpreterItems(engine: Runtime, analysis: ModuleAnalysis): MemoryItem[] {
  const { structures, wasmStack, nativeStack } = engine.memory;
  const items: MemoryItem[] = [...codeItems(engine, analysis)];
  if (structures)
    items.push(
      memoryItem(
        `${engine.name}: structures of the module`,
        { ram: sum([band(structures.module), many(structures.eachFunction, analysis.functions.length)]) },
        structures.module.kind,
        structures.module.source,
      ),
    );
  if (wasmStack) items.push(wasmStackItem(engine, analysis, wasmStack));
  if (nativeStack) {
    const frames = analysis.functions.map(
      (f) => nativeStack.eachCall.value + nativeStack.eachLoop.value * f.loops.length,
    );
    const deepest = deepestPath(analysis, frames);
    items.push(
      memoryItem(
        `${engine.name}: native stack`,
        { ram: sum([band(nativeStack.base), exact(deepest ?? 0)]) },
        'model',
        deepest === undefined
          ? 'the module calls itself: its depth has no bound, and none of it is counted'
          : `${nativeStack.base.source}; deepest path of calls ${deepest} bytes (${nativeStack.eachLoop.source})`,
      ),
    );
  }
  return items;
}

function codeItems(engine: Runtime, analysis: ModuleAnalysis): MemoryItem[] {
  const name = `${engine.name}: translated code`;
  if (engine.id === 'wasm3') {
    const { words, pages, bytes } = translatedWasm3(analysis);
    const source = `${words} words in ${pages.value} code pages of 1 KB, and constants, worked out as its compiler does`;
    return [memoryItem(name, { ram: bytes }, 'model', source)];
  }
  if (engine.id === 'wamr-fast') {
    const { codeBytes, constantBytes } = translatedWamrFast(analysis);
    const source = `${codeBytes} bytes of code and ${constantBytes} of constants, worked out as its loader does`;
    return [memoryItem(name, { ram: codeBytes + constantBytes }, 'model', source)];
  }
  const code = analysis.module.sections.find((s) => s.id === 10);
  const copied = code ? code.end - code.contents : 0;
  return [
    memoryItem(
      `${engine.name}: copy of the code section`,
      { ram: copied },
      'measured',
      'it rewrites the code that it runs; the firmware bundle copies that section and leaves the rest in flash',
    ),
  ];
}

function wasmStackItem(engine: Runtime, analysis: ModuleAnalysis, stack: Sourced): MemoryItem {
  const needed = deepestPath(
    analysis,
    analysis.functions.map((f) => frameBytes(engine.id, analysis, f)),
  );
  const bytes = Math.max(stack.value, Math.ceil((needed ?? 0) / 1024) * 1024);
  const use =
    needed === undefined
      ? 'the module calls itself: no bound'
      : `deepest path of calls at most ${needed} bytes`;
  return memoryItem(`${engine.name}: stack`, { ram: bytes }, stack.kind, `${stack.source}; ${use}`);
}
