/** Values that need no place in memory: constants, and what stands in memory anyway (ira.cc, update_equiv_regs). */
import { isGot } from '../argument-words.ts';
import type { Allocno } from './allocnos.ts';
import { has } from './bits.ts';
import type { Liveness } from '../liveness.ts';
import { frequenciesOf } from './regions.ts';
import { memoryCost } from './registers.ts';
import { isCheck, type Machine, type MachineCode } from '../machine.ts';

export class Equivalents {
  private readonly constants = new Map<number, Machine>();
  private readonly loads = new Map<number, { load: Machine; frequency: number }>();
  private readonly reads = new Set<Machine>();
  /** Addresses from the table of offsets, which never change: how often each is read there. */
  private readonly addresses = new Map<number, number>();

  constructor(code: MachineCode, live: Liveness) {
    const made = new Map<number, number>();
    // A check ends gcc's block: by value, the number of the one that it lives in.
    const seenIn = new Map<number, number>();
    const inSeveral = -1;
    let gccBlock = 0;
    for (const b of code.blocks) {
      gccBlock++;
      for (const m of b.code) {
        for (const d of m.defs) made.set(d, (made.get(d) ?? 0) + 1);
        for (const r of [...m.defs, ...m.uses])
          seenIn.set(r, (seenIn.get(r) ?? gccBlock) === gccBlock ? gccBlock : inSeveral);
        if (isCheck(m)) gccBlock++;
      }
    }
    const once = (r: number) => made.get(r) === 1;
    for (const b of code.blocks) {
      let frequencies: number[] | null = null;
      const out = live.out.get(b.id)!;
      const lastUse = new Map<number, number>();
      /** Where the present life of a value ends. */
      const ends = new Map<number, number>();
      const endOf = (r: number, at: number): number => {
        const end = ends.get(r) ?? (has(out, r) ? Infinity : at);
        return end < 0 ? at : end;
      };
      /** Where memory may change next. */
      let change = Infinity;
      for (let at = b.code.length - 1; at >= 0; at--) {
        const m = b.code[at]!;
        const d = m.defs[0];
        if (d !== undefined && m.defs.length === 1 && once(d)) {
          const last = lastUse.get(d) ?? at;
          const constant = m.equal ?? m;
          if (constant.remake && constant.words === 1) this.constants.set(d, constant);
          else if (isGot(m.cell)) {
            frequencies ??= frequenciesOf(b);
            this.loads.set(d, { load: m, frequency: frequencies[at]! });
            this.reads.add(m);
          } else if (m.text === 'ldr [got]') {
            frequencies ??= frequenciesOf(b);
            this.addresses.set(d, frequencies[at]!);
            this.reads.add(m);
          } else if (isPlainLoad(m) && seenIn.get(d) !== inSeveral && change >= last) {
            // Nor may its address end or change before.
            if (m.address.every((r) => endOf(r, at) >= last)) {
              frequencies ??= frequenciesOf(b);
              this.loads.set(d, { load: m, frequency: frequencies[at]! });
              this.reads.add(m);
            }
          }
        }
        for (const r of m.defs) ends.set(r, -1);
        for (const r of m.uses) {
          if (!lastUse.has(r)) lastUse.set(r, at);
          ends.set(r, endOf(r, at));
        }
        if (m.kind === 'call' || m.kind === 'library' || m.kind === 'store') change = at;
      }
    }
  }

  /** A constant lives in one place in all regions: it can be made anywhere. */
  constant(value: number): boolean {
    return this.constants.has(value);
  }

  /** How to make it again without a place on the stack. */
  other(value: number): Machine | null {
    return this.constants.get(value) ?? this.loads.get(value)?.load ?? null;
  }

  /** A load that could be read again: its address counts once more (ira-costs.cc, scan_one_insn). */
  rereads(m: Machine): boolean {
    return this.reads.has(m);
  }

  /** What it does not cost to keep a value in memory that was just read there. */
  discount(a: Allocno): number {
    const frequency = this.loads.get(a.value)?.frequency ?? this.addresses.get(a.value) ?? 0;
    return 2 * memoryCost * frequency;
  }
}

/** The volatile asm behind loads of linear memory may have changed what they read. */
const isPlainLoad = (m: Machine): boolean =>
  m.kind === 'load' &&
  // Words of linear memory may be unaligned, which is no plain load to gcc (UNSPEC_UNALIGNED_LOAD).
  /^ldr\b/.test(m.text) &&
  (m.cell !== '' || m.text !== 'ldr') &&
  m.words === 1 &&
  m.writeback < 0 &&
  !m.conditional &&
  !m.readsFlags &&
  !m.barrier;
