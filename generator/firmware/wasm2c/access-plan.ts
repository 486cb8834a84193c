/**
 * How each memory access of a module is compiled:
 *
 *     flash  proved to lie in the constants         ram  proved to lie in the memory that the kernel writes
 *     any    checked at run time                       never  proved to be unreachable: a trap if it were not
 */
import type { KernelManifest } from '../../../kernel/manifest.ts';
import { decodeModule } from '../../../common/wasm/decode.ts';
import type { WasmModule } from '../../../common/wasm/module.ts';
import { SIGNATURE_ADDRESS } from '../../layout/plan.ts';
import { analyseAddresses, type MemoryAccess } from '../addresses/addresses.ts';

export type AccessKind = 'flash' | 'ram' | 'any' | 'never';
/**
 * proved               no check where the analysis proves the range
 * all                  every access checked
 * generated            the code exactly as wasm2c writes it: checks, and a barrier behind every load
 * generated-unchecked  the same without checks
 * none                 nothing checked
 *
 * Firmware gets `proved`; the others are there to measure what it saves.
 */
export const boundsChecks = ['proved', 'all', 'generated', 'generated-unchecked', 'none'] as const;
export type BoundsChecks = (typeof boundsChecks)[number];

export const asGenerated = (checks: BoundsChecks): boolean => checks.startsWith('generated');

export interface MemoryRegions {
  /** Constants: [flashFirst, flashEnd). */
  flashFirst: number;
  flashEnd: number;
  /** First byte that the kernel writes, and the end of its memory. */
  ramFirst: number;
  heapBase: number;
  /** Whether constants stay in flash; else they are copied and RAM begins at 0. */
  weights: 'flash' | 'ram';
}

export interface PlannedAccess {
  access: MemoryAccess;
  kind: AccessKind;
}

export interface AccessPlan {
  regions: MemoryRegions;
  /** In the order of the code. */
  accesses: PlannedAccess[];
  count: Record<AccessKind, number>;
  /** Whether the constants can stay in flash at all. */
  separable: boolean;
}

export function planAccesses(
  wasm: Uint8Array,
  manifest: KernelManifest,
  options: { weights: 'flash' | 'ram'; checks: BoundsChecks },
): AccessPlan {
  const module = decodeModule(wasm);
  // Code that is not rewritten knows one memory only.
  const weights = asGenerated(options.checks) ? 'ram' : options.weights;
  const separable = constantsAreApart(module, manifest);
  const regions = regionsOf(manifest, separable ? weights : 'ram');
  const accesses = analyseAddresses(module).accesses.map((access): PlannedAccess => ({
    access,
    kind: kindOf(access, regions, options.checks),
  }));
  const count = { flash: 0, ram: 0, any: 0, never: 0 };
  for (const { kind } of accesses) count[kind]++;
  return { regions, accesses, count, separable };
}

/** One data segment that is all constants, and no instruction that reads memory behind the accesses' back. */
function constantsAreApart(module: WasmModule, manifest: KernelManifest): boolean {
  const { constantBytes } = manifest.memory;
  const [segment] = module.data;
  const whole =
    module.data.length === 1 &&
    segment.address === SIGNATURE_ADDRESS &&
    segment.bytes.length === constantBytes;
  // Bulk memory instructions go through the instance's pointer, which knows one memory only.
  const bulk = module.functions.some((f) => f.body.some((i) => /^memory\.(init|copy|fill)$/.test(i.name)));
  return whole && !bulk;
}

function regionsOf(manifest: KernelManifest, weights: 'flash' | 'ram'): MemoryRegions {
  const { constantBytes, heapBase } = manifest.memory;
  const flashEnd = SIGNATURE_ADDRESS + constantBytes;
  return {
    flashFirst: SIGNATURE_ADDRESS,
    flashEnd,
    ramFirst: weights === 'flash' ? flashEnd : 0,
    heapBase,
    weights,
  };
}

function kindOf({ kind, touched }: MemoryAccess, regions: MemoryRegions, checks: BoundsChecks): AccessKind {
  const { flashFirst, flashEnd, ramFirst, heapBase } = regions;
  if (!touched && checks === 'proved') return 'never';
  const inFlash = touched && touched.first >= flashFirst && touched.end <= flashEnd;
  // Constants are read from flash by what is proved; a check would not say where they are.
  if (kind === 'load' && inFlash && checks !== 'all') return 'flash';
  if (checks === 'none' && regions.weights === 'ram') return 'ram';
  if (checks === 'none' && touched && touched.first < flashEnd) return 'any';
  if (checks === 'none') return 'ram';
  const inRam = touched && touched.first >= ramFirst && touched.end <= heapBase;
  return inRam && checks === 'proved' ? 'ram' : 'any';
}
