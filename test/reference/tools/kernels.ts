/** The kernels of the reference: loops in ../kernels, the held-out sets and those with floating point (`run(n)`), and the project's own in ../shipped (`infer()`). */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { analyse } from '../../../sim/wasm/index.ts';
import type { KernelSource } from './build.ts';
import type { FirmwareFacts } from './firmware.ts';

/** Loops that were written and measured after the model, before anybody had looked at them: first to fourteenth set. */
export const heldOutSets = [
  'held-out',
  'held-out-2',
  'held-out-3',
  'held-out-4',
  'held-out-5',
  'held-out-6',
  'held-out-7',
  'held-out-8',
  'held-out-9',
  'held-out-10',
  'held-out-11',
  'held-out-12',
  'held-out-13',
  'held-out-14',
] as const;
export type HeldOutSet = (typeof heldOutSets)[number];

/** Loops with floating point: those that the model's authors looked at, and those that were measured first and not looked at. */
export const floatSets = ['floats', 'floats-held-out'] as const;
export type FloatSet = (typeof floatSets)[number];

/** The set that a kernel with floating point belongs to. */
export const floatSet = (name: string): FloatSet | undefined =>
  floatSets.find((set) => existsSync(new URL(`${set}/${name}.wasm`, root)));

/** The set that a kernel belongs to; undefined for one that the model's authors knew. */
export const heldOutSet = (name: string): HeldOutSet | undefined =>
  heldOutSets.find((set) => existsSync(new URL(`${set}/${name}.wasm`, root)));

const root = new URL('../', import.meta.url);
const facts = JSON.parse(readFileSync(new URL('shipped/kernels.json', root), 'utf8')) as Record<
  string,
  FirmwareFacts
>;

export function referenceKernels(): KernelSource[] {
  const list = (folder: string) =>
    readdirSync(new URL(`${folder}/`, root))
      .filter((f) => f.endsWith('.wasm'))
      .toSorted()
      .map((f) => f.slice(0, -'.wasm'.length));
  return ['kernels', ...heldOutSets, ...floatSets, 'shipped'].flatMap(list).map(referenceKernel);
}

/** Where the module of a record lies, and how it is called. */
export function referenceKernel(name: string): KernelSource {
  for (const [folder, entry] of [
    ['kernels', 'run'],
    ...[...heldOutSets, ...floatSets].map((set) => [set, 'run'] as const),
    ['shipped', 'infer'],
  ] as const) {
    const wasm = read(new URL(`${folder}/${name}.wasm`, root));
    if (!wasm) continue;
    const { module } = analyse(wasm);
    const memoryPages = module.memories[0]?.minimum ?? 1;
    const firmware = folder === 'shipped' ? facts[name] : undefined;
    return {
      ...{ name, wasm, entry, takesCount: entry === 'run', memoryPages },
      floats: (floatSets as readonly string[]).includes(folder),
      ...(firmware ? { firmware } : {}),
    };
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
