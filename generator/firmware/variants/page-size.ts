/**
 * The wasm3 variant of a kernel: a memory of exactly the bytes that it uses, by a custom page size of one byte (WebAssembly
 * proposal "custom page sizes", limits flag 8; wasm3 0.9). V8 does not load it, so it is made from the simulated file and
 * differs from it in the memory section only.
 */
import { readSections, unsigned, writeSections } from '../../compile/sections.ts';

const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;
const HAS_PAGE_SIZE = 8;
const LOG2_PAGE_SIZE = 0;

/** @param bytes what the memory becomes: `__heap_base` */
export function withByteSizedPages(wasm: Uint8Array, bytes: number): Uint8Array {
  const size = unsigned(bytes);
  const payload = Uint8Array.of(1, HAS_MAXIMUM | HAS_PAGE_SIZE, ...size, ...size, LOG2_PAGE_SIZE);
  return writeSections(
    wasm,
    readSections(wasm).map((s) => (s.id === MEMORY_SECTION ? { id: s.id, payload } : s)),
  );
}
