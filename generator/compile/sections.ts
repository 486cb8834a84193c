/** Reads and writes a WebAssembly binary at the level of sections (core specification, section 5.5). */

export interface Section {
  id: number;
  payload: Uint8Array;
}

/** Section numbers of the specification that the linker touches. */
export const sectionId = { global: 6, export: 7, start: 8, code: 10, data: 11 } as const;

const HEADER_BYTES = 8;

export function readSections(wasm: Uint8Array): Section[] {
  const sections: Section[] = [];
  let at = HEADER_BYTES;
  while (at < wasm.length) {
    const id = wasm[at];
    const [size, start] = readUnsigned(wasm, at + 1);
    sections.push({ id, payload: wasm.subarray(start, start + size) });
    at = start + size;
  }
  return sections;
}

export function writeSections(header: Uint8Array, sections: readonly Section[]): Uint8Array {
  const parts = sections.flatMap(({ id, payload }) => [
    Uint8Array.of(id, ...unsigned(payload.length)),
    payload,
  ]);
  return concatBytes([header.subarray(0, HEADER_BYTES), ...parts]);
}

export function readUnsigned(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) | (rest > 0 ? 0x80 : 0));
    value = rest;
  } while (value > 0);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const byte = value & 0x7f;
    value >>= 7;
    if ((value === 0 && (byte & 0x40) === 0) || (value === -1 && (byte & 0x40) !== 0))
      return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
