/**
 * Floating-point values and where they are: in the unit's registers, but for what the core's hold. The volatile asm behind a load of wasm2c asks for a core register, so what is
 * loaded is there, and moves to the unit where it is first computed with; what is stored moves back (a store copies bytes, which gcc does with the core).
 */
import { resolve, type Node } from '../ir.ts';
import type { FloatFile } from '../machine.ts';
import type { Lowering } from './lowering.ts';

export const isFloat = (n: Node): boolean => n.type === 'f32' || n.type === 'f64';
export const fileFor = (n: Node): FloatFile => (n.type === 'f32' ? 'single' : 'double');
export const widthOf = (n: Node): string => (n.type === 'f32' ? 'f32' : 'f64');

/** Whether the core's registers hold a floating-point value: what was loaded, and bits of an integer. */
export const isInCore = (n: Node): boolean =>
  n.op === 'load' || (n.op === 'float' && /reinterpret/.test(n.name));

/** The register of the unit that holds a value, moved there if need be. */
export function inUnit(l: Lowering, node: Node): number {
  const n = resolve(node);
  if (n.op === 'const' || !isInCore(n)) return l.value(n);
  const key = `${n.id}.unit@${l.block.id}`;
  const known = l.registers.get(homeKey(n)) ?? l.registers.get(key);
  if (known !== undefined) return known;
  const to = l.freshFloat(fileFor(n));
  moveToUnit(l, n, to);
  l.registers.set(key, to);
  return to;
}

const homeKey = (n: Node): string => `${n.id}.unit`;

/** The register of the unit that a loaded value lives in from its load on, if it does. */
export const unitHome = (l: Lowering, n: Node): number | undefined => l.registers.get(homeKey(n));

/**
 * What is loaded moves to the unit at once and stays there where that is cheaper, as gcc's ira-costs.cc counts: a move each for what the load and the asm ask for, against one
 * for every instruction of the unit that uses it. Within one block both come to the same.
 */
export function giveHome(l: Lowering, n: Node): void {
  if (!isFloat(n)) return;
  const users = (l.users.get(n) ?? []).filter((u) => 'op' in u && u.op === 'float') as Node[];
  if (users.every((u) => u.block === n.block)) return;
  const weight = n.block.weight || 1;
  const uses = users.reduce((sum, u) => sum + u.block.weight / weight, 0);
  if (uses <= 2) return;
  const to = l.freshFloat(fileFor(n));
  moveToUnit(l, n, to);
  l.registers.set(homeKey(n), to);
}

/** `to` is a register of the unit, the value one of the core. */
export function moveToUnit(l: Lowering, n: Node, to: number): void {
  if (n.type === 'f32') return void l.emit('vfp', 'vmov s,r', [to], [l.value(n)], { wide: 1 });
  let words = [l.value(n, 0), l.value(n, 1)];
  // The asm's operand is a copy: gcc 12.2 -mcpu=cortex-a7, ldr r4; ldr r5; mov r2, r4; mov r3, r5; vmov d17, r2, r3
  if (n.op === 'load')
    words = words.map((from) => {
      const copy = l.fresh();
      l.emit('move', 'mov', [copy], [from], { wide: 0 });
      return copy;
    });
  l.emit('vfp', 'vmov d,r,r', [to], words, { wide: 1 });
}

/** Registers of the core that hold the words of a value. */
export function inCore(l: Lowering, node: Node): number[] {
  const n = resolve(node);
  const words = n.type === 'f64' ? [0, 1] : [0];
  if (n.op === 'const')
    return words.map((half) => l.constant(Number(BigInt.asIntN(32, n.value >> BigInt(32 * half)))));
  if (isInCore(n)) return words.map((half) => l.value(n, half));
  const from = l.value(n);
  const to = words.map(() => l.fresh());
  l.emit('vfp', to.length === 2 ? 'vmov r,r,d' : 'vmov r,s', to, [from], { wide: 1 });
  return to;
}

/** Puts a constant into a register of the unit: an immediate of the instruction, or a load beside the code. */
export function makeConstant(l: Lowering, n: Node, to: number): void {
  if (isImmediate(n)) l.emit('vfp', 'vmov #', [to], [], { remake: true, wide: 1 });
  else if (n.type === 'f64' && n.value === 0n)
    l.emit('vfp', 'vmov.i64 #0', [to], [], { remake: true, wide: 1 });
  else l.emit('load', n.type === 'f32' ? 'vldr' : 'vldr.64', [to], [], { remake: true, wide: 1 });
}

/** Whether vmov has a constant as an immediate: a sign, four bits behind the point, and an exponent of -3 to 4 (ARM DDI 0406C, A7.5.1). */
export function isImmediate(n: Node): boolean {
  const view = new DataView(new ArrayBuffer(8));
  if (n.type === 'f32') view.setInt32(0, Number(BigInt.asIntN(32, n.value)));
  else view.setBigInt64(0, n.value);
  const value = Math.abs(n.type === 'f32' ? view.getFloat32(0) : view.getFloat64(0));
  if (!(value >= 0.125 && value <= 31)) return false;
  const scaled = (value / 2 ** Math.floor(Math.log2(value))) * 16;
  return Number.isInteger(scaled);
}
