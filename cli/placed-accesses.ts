/** The generator's proof of where accesses go, as the simulator takes it. */
import { decodeModule } from '../common/wasm/decode.ts';
import {
  planAccesses,
  type AccessPlan,
  type BoundsChecks,
} from '../generator/firmware/wasm2c/access-plan.ts';
import type { KernelManifest } from '../kernel/manifest.ts';
import type { PlacedAccesses } from '../sim/wasm/index.ts';

/** What `escapement export` does with each access of a kernel. */
export function placedAccesses(
  wasm: Uint8Array,
  manifest: KernelManifest,
  { weights, checks }: { weights: 'flash' | 'ram'; checks: BoundsChecks } = {
    weights: 'flash',
    checks: 'proved',
  },
): PlacedAccesses {
  const plan = planAccesses(wasm, manifest, { weights, checks });
  const kinds: Map<number, PlacedKind>[] = [];
  for (const { access, kind } of plan.accesses) {
    const { index, body } = access.function;
    (kinds[index] ??= new Map()).set(body.indexOf(access.instruction), kind);
  }
  const { ramFirst, heapBase, flashFirst, flashEnd } = plan.regions;
  return {
    kinds: Array.from(kinds, (of) => of ?? new Map<number, PlacedKind>()),
    ram: { first: ramFirst, end: heapBase },
    flash: plan.regions.weights === 'flash' ? { first: flashFirst, end: flashEnd } : null,
  };
}

/** How many accesses of a module keep a check, as a note. */
export function proofNote({ kinds, flash }: PlacedAccesses, isOurs: boolean): string {
  const all = kinds.flatMap((of) => [...of.values()]);
  const checked = all.filter((kind) => kind === 'any').length;
  const proof = `Accesses proved to stay in memory lose their check: ${all.length - checked} of ${all.length}.`;
  if (flash) return `${proof} Constants are read from flash.`;
  if (isOurs) return `${proof} Constants are copied into RAM.`;
  return `${proof} No kernel.json beside the module says where its constants are: they count as copied into RAM. Only kernels of pipelines can be exported.`;
}

/** Of any module: its memory is one, whatever it holds. */
export function provedAccesses(wasm: Uint8Array): PlacedAccesses {
  const [memory] = decodeModule(wasm).memories;
  const heapBase = (memory?.minimum ?? 0) * 65536;
  const manifest = { memory: { constantBytes: 0, heapBase } } as KernelManifest;
  return placedAccesses(wasm, manifest, { weights: 'ram', checks: 'proved' });
}

type PlacedKind = AccessPlan['accesses'][number]['kind'];
