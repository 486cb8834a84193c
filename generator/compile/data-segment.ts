import { SIGNATURE_ADDRESS, type MemoryPlan } from '../layout/plan.ts';

export const SIGNATURE_BYTES = 8;

/** The bytes from the signature to the end of the constants, little-endian as WebAssembly wants them. */
export function dataSegment(plan: MemoryPlan, signature: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(plan.constantEnd - SIGNATURE_ADDRESS);
  bytes.set(signature, 0);
  for (const { block, address } of plan.placements.values()) {
    if (block.kind !== 'constant') continue;
    if (!block.data) throw new Error(`constant ${block.name} has no data`);
    const { buffer, byteOffset, byteLength } = block.data;
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), address - SIGNATURE_ADDRESS);
  }
  return bytes;
}
