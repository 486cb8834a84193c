/**
 * wasm3's table of a function's constants (ReserveConstants and PushConst of m3_compile.c, 0.9.0, c9b579d8). They are
 * copied to slots of the frame on entry; one that finds no room is an operation of its own each time.
 */
import type { Instruction } from '../../wasm/module.ts';

/** d_m3MaxConstantTableSize. */
const MOST = 120;

export class ConstantTable {
  private readonly room: number;
  private readonly slots: string[] = [];

  constructor(bytes: Uint8Array, body: readonly Instruction[]) {
    this.room = reservedConstants(bytes, body);
  }

  /** 32-bit cells that are copied on entry. */
  get cells(): number {
    return this.slots.length;
  }

  /** Whether the constant has a slot, an old one or a new one. */
  add({ name, value }: Instruction): boolean {
    const bits = bitsOf(name, value);
    const wide = name.startsWith('i64') || name.startsWith('f64');
    if (!wide) {
      if (this.slots.includes(bits)) return true;
      if (this.slots.length + 1 > this.room) return false;
      this.slots.push(bits);
      return true;
    }
    const key = `${bits}:low`;
    if (this.slots.includes(key)) return true;
    const at = this.slots.length + (this.slots.length % 2);
    if (at + 2 > this.room) return false;
    if (at > this.slots.length) this.slots.push('padding');
    this.slots.push(key, `${bits}:high`);
    return true;
  }
}

/** The scan takes any byte of the body that looks like a const opcode for one, so it reserves too much. */
export function reservedConstants(bytes: Uint8Array, body: readonly Instruction[]): number {
  let slots = 0;
  const to = body.at(-1)?.end ?? 0;
  for (let i = body[0]?.offset ?? 0; i < to; i++) {
    const code = bytes[i]!;
    const more = code === 0x41 || code === 0x43 ? 1 : code === 0x42 || code === 0x44 ? 2 : 0;
    if (slots + more >= MOST) break;
    slots += more;
  }
  return slots + (slots % 2);
}

function bitsOf(name: string, value: number | bigint): string {
  if (name === 'f32.const') return String(new Uint32Array(new Float32Array([Number(value)]).buffer)[0]);
  if (name === 'f64.const') return String(new BigUint64Array(new Float64Array([Number(value)]).buffer)[0]);
  return name === 'i32.const' ? String(Number(value) >>> 0) : String(BigInt.asUintN(64, BigInt(value)));
}
