/** The kernels of the reference: loops in ../kernels (`run(n)`), and the project's own in ../shipped (`infer()`). */
import { readFileSync, readdirSync } from 'node:fs';
import { analyse } from '../../../sim/wasm/index.ts';
import type { KernelSource } from './build.ts';

const root = new URL('../', import.meta.url);

export function referenceKernels(): KernelSource[] {
  const list = (folder: string) =>
    readdirSync(new URL(`${folder}/`, root))
      .filter((f) => f.endsWith('.wasm'))
      .toSorted()
      .map((f) => f.slice(0, -'.wasm'.length));
  return [...list('kernels'), ...list('shipped')].map(referenceKernel);
}

/** Where the module of a record lies, and how it is called. */
export function referenceKernel(name: string): KernelSource {
  for (const [folder, entry] of [
    ['kernels', 'run'],
    ['shipped', 'infer'],
  ] as const) {
    const wasm = read(new URL(`${folder}/${name}.wasm`, root));
    if (!wasm) continue;
    const { module } = analyse(wasm);
    return { name, wasm, entry, takesCount: entry === 'run', memoryPages: module.memories[0]?.minimum ?? 1 };
  }
  throw new Error(`no kernel ${name} in the reference`);
}

function read(path: URL): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    return null;
  }
}
