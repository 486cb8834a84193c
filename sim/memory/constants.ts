/** What constants cost in RAM, both ways: copied into linear memory, as WebAssembly has it, and read from flash. */
import type { MemoryItem } from '../result.ts';
import { isRewritten, type Runtime } from '../runtimes/index.ts';
import type { ModuleAnalysis } from '../wasm/index.ts';
import { totalBytes } from './item.ts';

export interface ConstantsBothWays {
  /** Data segments, and the unused addresses below them. */
  bytes: number;
  /** RAM with constants copied: `ramBytes` counts it so, but for firmware that reads them from flash. */
  ramBytesCopied: number;
  /** RAM with constants read from flash; null where the runtime has no way to do it. */
  ramBytesInFlash: number | null;
  /** How, or why not. */
  way: string;
}

export function constantsBothWays(
  items: readonly MemoryItem[],
  runtime: Runtime,
  { module, placed }: ModuleAnalysis,
): ConstantsBothWays {
  const bytes = Math.max(0, ...module.data.map((d) => (d.address ?? 0) + d.bytes.length));
  const counted = totalBytes(items, 'ram').value;
  const ramBytesCopied = isRewritten(runtime) && placed?.flash ? counted + bytes : counted;
  const compiledThroughC = runtime.id.startsWith('wasm2c');
  return {
    bytes,
    ramBytesCopied,
    ramBytesInFlash: compiledThroughC ? ramBytesCopied - bytes : null,
    way: compiledThroughC
      ? 'bundles of `escapement export --runtime wasm2c` split the address space and read constants from flash'
      : `${runtime.name} copies data segments into RAM; only wasm2c bundles read them from flash (docs/decisions/0032)`,
  };
}
