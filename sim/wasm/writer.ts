/** Byte writer for the WebAssembly binary format. */

export class Writer {
  private readonly parts: Uint8Array[] = [];

  bytes(bytes: Uint8Array | readonly number[]): this {
    this.parts.push(bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes));
    return this;
  }

  /** Unsigned LEB128. */
  u32(value: number): this {
    const out: number[] = [];
    let rest = value;
    do {
      const low = rest % 128;
      rest = Math.floor(rest / 128);
      out.push(rest > 0 ? low | 0x80 : low);
    } while (rest > 0);
    return this.bytes(out);
  }

  /** Signed LEB128 of 64 bits. */
  s64(value: bigint): this {
    const out: number[] = [];
    for (let rest = value; ; rest >>= 7n) {
      const low = Number(rest & 0x7fn);
      const last = (rest >> 7n === 0n && !(low & 0x40)) || (rest >> 7n === -1n && low & 0x40);
      out.push(last ? low : low | 0x80);
      if (last) return this.bytes(out);
    }
  }

  name(text: string): this {
    const encoded = new TextEncoder().encode(text);
    return this.u32(encoded.length).bytes(encoded);
  }

  /** A length in bytes, then the contents. */
  sized(contents: Writer): this {
    const bytes = contents.finish();
    return this.u32(bytes.length).bytes(bytes);
  }

  finish(): Uint8Array {
    const result = new Uint8Array(this.parts.reduce((sum, p) => sum + p.length, 0));
    let at = 0;
    for (const part of this.parts) {
      result.set(part, at);
      at += part.length;
    }
    return result;
  }
}
