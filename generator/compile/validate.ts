/**
 * The flashable-module rules that every kernel obeys (no imports, no start, fixed memory, immutable globals,
 * MVP plus sign extension). A kernel that breaks one never leaves the generator.
 */
import { kernelRefusals } from '../../common/refusals/index.ts';
import { readSections, sectionId, writeSections } from './sections.ts';

/** Binaryen comes with the AssemblyScript compiler and takes most of a second to load: only when needed. */
const loadBinaryen = async () => (await import('binaryen')).default;

const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\bmemory\.grow\b/, 'no memory.grow'],
  [/\bmemory\.size\b/, 'no memory.size'],
  [/\(global [^\n]*\(mut /, 'no mutable globals'],
  [/\(start /, 'no start function'],
  [/\bf(32|64)\./, 'no floating-point instructions'],
  [/\bcall_indirect\b/, 'no indirect calls'],
];

export async function validateKernel(kernel: string, wasm: Uint8Array): Promise<void> {
  const broken = (rule: string) => kernelRefusals.invalidModule(kernel, rule);
  if (WebAssembly.Module.imports(new WebAssembly.Module(wasm)).length > 0) throw broken('imports nothing');
  const binaryen = await loadBinaryen();
  const code = writeSections(
    wasm,
    readSections(wasm).filter((s) => s.id !== sectionId.data),
  );
  const features = binaryen.Features.MVP | binaryen.Features.SignExt;
  const module = binaryen.readBinaryWithFeatures(code, features);
  try {
    if (module.validate() !== 1) throw broken('WebAssembly MVP with sign extension only');
    const text = module.emitText();
    for (const [pattern, rule] of forbidden) if (pattern.test(text)) throw broken(rule);
  } finally {
    module.dispose();
  }
}
