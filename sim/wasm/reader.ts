/** Byte reader for the WebAssembly binary format: LEB128 integers, names and raw bytes, bounds checked. */
import { simRefusals } from '../../common/refusals/index.ts';

const utf8 = new TextDecoder();

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
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const b = this.byte();
      result += (b & 0x7f) * 2 ** shift;
      if (b < 0x80) return result;
    }
    throw simRefusals.truncatedModule(this.position);
  }

  /** Signed LEB128 of at most 32 bits. */
  s32(): number {
    return Number(BigInt.asIntN(32, this.signed()));
  }

  /** Signed LEB128 of at most 64 bits. */
  s64(): bigint {
    return BigInt.asIntN(64, this.signed());
  }

  private signed(): bigint {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const b = this.byte();
      result |= BigInt(b & 0x7f) << shift;
      if (b < 0x80) return b & 0x40 ? result - (1n << (shift + 7n)) : result;
    }
    throw simRefusals.truncatedModule(this.position);
  }

  f32(): number {
    return this.view(4).getFloat32(0, true);
  }

  f64(): number {
    return this.view(8).getFloat64(0, true);
  }

  take(length: number): Uint8Array {
    if (this.position + length > this.end) throw simRefusals.truncatedModule(this.end);
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
}
