/** A module with its data section replaced by one segment at 0 that holds a memory image (zeros at the end left out). */

const dataSection = 11;
const header = 8;

export function withMemory(wasm: Uint8Array, image: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [wasm.subarray(0, header)];
  for (let at = header; at < wasm.length;) {
    const [bytes, contents] = readLeb(wasm, at + 1);
    const end = contents + bytes;
    parts.push(wasm[at] === dataSection ? section(image) : wasm.subarray(at, end));
    at = end;
  }
  return Uint8Array.from(parts.flatMap((p) => [...p]));
}

function section(image: Uint8Array): Uint8Array {
  const used = image.subarray(0, image.findLastIndex((b) => b !== 0) + 1);
  // one segment, in memory 0, at i32.const 0
  const body = [1, 0, 0x41, 0, 0x0b, ...leb(used.length), ...used];
  return Uint8Array.from([dataSection, ...leb(body.length), ...body]);
}

function readLeb(bytes: Uint8Array, from: number): [value: number, next: number] {
  let value = 0;
  let at = from;
  for (let shift = 0; ; shift += 7) {
    value += (bytes[at] & 0x7f) * 2 ** shift;
    if (bytes[at++] < 0x80) return [value, at];
  }
}

function leb(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...out, rest];
    out.push((rest & 0x7f) | 0x80);
  }
}
