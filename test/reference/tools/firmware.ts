/**
 * A kernel as `escapement export` compiles it for firmware: wasm2c's code with accesses that are proved in range unchecked, and no barrier behind loads.
 * Constants in RAM here: with zero wait states it makes no difference to the cycles.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planAccesses } from '../../../generator/firmware/wasm2c/access-plan.ts';
import { rewriteAccesses } from '../../../generator/firmware/wasm2c/rewrite.ts';
import { translate } from '../../../generator/firmware/wasm2c/translate.ts';
import type { KernelManifest } from '../../../kernel/manifest.ts';
import type { KernelSource } from './build.ts';

/** What the proof asks of a manifest. */
export interface FirmwareFacts {
  constantBytes: number;
  heapBase: number;
}

const embedder = fileURLToPath(new URL('../../../generator/firmware/c/src/wasm-rt.h', import.meta.url));

/** Writes kernel.c, kernel.h and what they include; the names are those of the other programs. */
export function writeFirmware({ wasm }: KernelSource, facts: FirmwareFacts, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const { code, header } = translate(wasm, 'kernel');
  const manifest = { memory: facts } as KernelManifest;
  const plan = planAccesses(wasm, manifest, { weights: 'ram', checks: 'proved' });
  const named = (text: string) => text.replaceAll('Z_kernel', 'Z_k');
  writeFileSync(join(folder, 'kernel.c'), named(rewriteAccesses(code, plan)));
  writeFileSync(join(folder, 'kernel.h'), named(header));
  copyFileSync(embedder, join(folder, 'wasm-rt.h'));
  const { flashFirst, flashEnd, ramFirst, heapBase } = plan.regions;
  const config = {
    ESC_FLASH_FIRST: flashFirst,
    ESC_FLASH_END: flashEnd,
    ESC_RAM_FIRST: ramFirst,
    ESC_RAM_BYTES: heapBase - ramFirst,
    ESC_HEAP_BASE: heapBase,
  };
  const defines = Object.entries(config).map(([name, value]) => `#define ${name} ${value}u\n`);
  writeFileSync(join(folder, 'kernel_config.h'), defines.join(''));
}
