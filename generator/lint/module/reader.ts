/** Bounds-checked byte reader of the WebAssembly binary format: LEB128 integers, names, vectors. */
import { firmwareRefusals } from '../../../common/refusals/index.ts';

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
    if (this.position >= this.end) this.fail('it ends too early');
    return this.bytes[this.position++];
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

  take(length: number): Uint8Array {
    if (length > this.end - this.position) this.fail(`${length} more bytes are announced than there are`);
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  name(): string {
    return utf8.decode(this.take(this.u32()));
  }

  /** A vector: its length, then that many items. */
  vector<T>(item: () => T): T[] {
    const length = this.u32();
    if (length > this.end - this.position) this.fail(`a list announces ${length} items`);
    return Array.from({ length }, item);
  }

  fail(what: string): never {
    throw firmwareRefusals.malformedModule(what, this.position);
  }
}
