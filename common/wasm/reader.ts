/** Bounds-checked byte reader of the WebAssembly binary format: LEB128 integers, names, vectors. */
import { simRefusals } from '../refusals/index.ts';

/** A name may begin with a byte order mark, which is part of it. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export class Reader {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  get done(): boolean {
    return this.position >= this.end;
  }

  byte(): number {
    if (this.position >= this.end) throw simRefusals.truncatedModule(this.position);
    return this.bytes[this.position++]!;
  }

  /** Unsigned LEB128 of at most 32 bits. */
  u32(): number {
    const value = this.u64();
    if (value > 0xffffffff) this.fail('a number has more than 32 bits');
    return value;
  }

  /** Unsigned LEB128 of at most 64 bits, exact up to 2^53. */
  u64(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return this.fail('a number is too long');
  }

  s32(): number {
    return Number(BigInt.asIntN(32, this.signed()));
  }

  s64(): bigint {
    return BigInt.asIntN(64, this.signed());
  }

  private signed(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return byte & 0x40 ? value - (1n << (shift + 7n)) : value;
    }
    return this.fail('a number is too long');
  }

  f32(): number {
    return this.view(4).getFloat32(0, true);
  }

  f64(): number {
    return this.view(8).getFloat64(0, true);
  }

  take(length: number): Uint8Array {
    if (length > this.end - this.position) throw simRefusals.truncatedModule(this.end);
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  name(): string {
    return utf8.decode(this.take(this.u32()));
  }

  /** A vector: its length, then that many items. */
  vector<T>(item: () => T): T[] {
    const length = this.u32();
    if (length > this.end - this.position) throw simRefusals.truncatedModule(this.end);
    return Array.from({ length }, item);
  }

  private view(length: number): DataView {
    const bytes = this.take(length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  fail(what: string): never {
    throw simRefusals.malformedModule(what, this.position);
  }
}
