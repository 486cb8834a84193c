/** Where wasm3 keeps the operand stack while it translates: aliases of locals, slots, and one register of each kind. */
import type { ValueType } from '../../wasm/module.ts';
import { isFloat, isWide } from './translation.ts';

export interface Entry {
  /** A register, an alias of a local (its number), or some other slot. */
  place: 'r0' | 'fp0' | 'local' | 'slot';
  local: number;
  type: ValueType;
}

export const inRegister = ({ place }: Entry): boolean => place === 'r0' || place === 'fp0';

/** The handler that copies an entry to a slot. */
export const copyHandler = (entry: Entry): string =>
  inRegister(entry) ? `SetSlot_${entry.type}` : copySlot(entry.type);

const copySlot = (type: ValueType): string => (isWide(type) ? 'CopySlot_64' : 'CopySlot_32');

export class OperandStack {
  private readonly entries: Entry[] = [];
  private readonly emit: (handler: string) => void;

  /** `emit` takes the handlers that move entries. */
  constructor(emit: (handler: string) => void) {
    this.emit = emit;
  }

  get height(): number {
    return this.entries.length;
  }

  get top(): Entry {
    return this.entries.at(-1)!;
  }

  push(place: Entry['place'], type: ValueType, local = -1): void {
    this.entries.push({ place, local, type });
  }

  pushRegister(type: ValueType): void {
    this.push(isFloat(type) ? 'fp0' : 'r0', type);
  }

  pop(): Entry {
    return this.entries.pop()!;
  }

  /** The `n` entries on top, the topmost last. */
  last(n: number): Entry[] {
    return this.entries.slice(this.entries.length - n);
  }

  /** Takes the `n` entries on top off. */
  take(n: number): Entry[] {
    return this.entries.splice(this.entries.length - n);
  }

  /** Cuts off what lies above a height. */
  cut(height: number): void {
    if (height < this.entries.length) this.entries.length = height;
  }

  /** After dead code the stack is what the block promises. */
  restore(height: number): void {
    this.cut(height);
    while (this.entries.length < height) this.push('slot', 'i32');
  }

  holds(place: 'r0' | 'fp0'): boolean {
    return this.entries.some((e) => e.place === place);
  }

  aliases(local: number, start: number): Entry[] {
    return this.entries.slice(start).filter((e) => e.place === 'local' && e.local === local);
  }

  /** Moves what the register holds to a slot of its own. */
  preserve(place: 'r0' | 'fp0'): void {
    const entry = this.entries.find((e) => e.place === place);
    if (!entry) return;
    this.emit(`SetSlot_${entry.type}`);
    entry.place = 'slot';
  }

  preserveFor(type: ValueType): void {
    this.preserve(isFloat(type) ? 'fp0' : 'r0');
  }

  /** Copies each local that entries from `start` on stand for, once. */
  preserveLocals(start: number): void {
    const seen = new Set<number>();
    for (const e of this.entries.slice(start)) {
      if (e.place !== 'local') continue;
      if (!seen.has(e.local)) this.emit(copySlot(e.type));
      seen.add(e.local);
      e.place = 'slot';
    }
  }
}
