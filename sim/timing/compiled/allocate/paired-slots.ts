/**
 * Places of the frame, and the loads and stores of two neighbours that become one (ldrdstrd.md). The values that are moved most often come first, a place is shared by those that are never there together
 * (lra-spills.cc, assign_stack_slot_num_and_sort_pseudos); one instruction directly behind another of the same way takes both words, whichever comes first.
 */
import { areNeighbours } from '../argument-words.ts';
import { bits, add, has } from './bits.ts';
import { instruction, type Machine, type MachineCode } from '../machine.ts';
import { meetings } from './meetings.ts';
import { frequenciesOf } from './regions.ts';
import { slotsAsValues } from './unread-stores.ts';

export function pairSlots(code: MachineCode): void {
  const places = placesOf(code);
  for (const b of code.blocks) {
    const out: Machine[] = [];
    for (const m of b.code) {
      const before = out.at(-1);
      if (before && arePair(before, m, places)) out[out.length - 1] = together(before, m);
      else out.push(m);
    }
    b.code = out;
  }
}

/** The word of the frame of each value that is there. */
export function placesOf(code: MachineCode): Map<number, number> {
  const frequency = new Map<number, number>();
  for (const b of code.blocks) {
    if (!b.code.some((m) => m.slot >= 0)) continue;
    const frequencies = frequenciesOf(b);
    b.code.forEach((m, at) => {
      if (m.slot >= 0) frequency.set(m.slot, (frequency.get(m.slot) ?? 0) + frequencies[at]!);
    });
  }
  const places = new Map<number, number>();
  if (frequency.size < 2) return places;
  const { memory, number } = slotsAsValues(code);
  const all = bits(memory.registers);
  for (let v = 0; v < memory.registers; v++) add(all, v);
  const { rows } = meetings(memory, all);
  const sharing: number[][] = [];
  const order = [...frequency.keys()].sort((x, y) => frequency.get(y)! - frequency.get(x)! || x - y);
  for (const slot of order) {
    const row = rows.get(number(slot))!;
    let place = sharing.findIndex((others) => !others.some((o) => has(row, o)));
    if (place < 0) place = sharing.push([]) - 1;
    sharing[place]!.push(number(slot));
    places.set(slot, place);
  }
  return places;
}

function arePair(first: Machine, second: Machine, places: ReadonlyMap<number, number>): boolean {
  const passed = areNeighbours(first.cell, second.cell);
  if (!passed && (first.slot < 0 || second.slot < 0)) return false;
  if (first.kind !== second.kind || first.barrier) return false;
  if (!/^(ldr|str) \[sp\]$/.test(first.text) || first.text !== second.text) return false;
  if (first.conditional || second.conditional || first.defs[0] === second.defs[0]) {
    if (first.kind === 'load') return false;
  }
  return passed || Math.abs(places.get(first.slot)! - places.get(second.slot)!) === 1;
}

const together = (first: Machine, second: Machine): Machine =>
  instruction(first.kind, first.kind === 'load' ? 'ldrd [sp]' : 'strd [sp]', first.origin, {
    defs: [...first.defs, ...second.defs],
    uses: [...first.uses, ...second.uses],
    words: 2,
    wide: 1,
    slot: first.slot,
    barrier: second.barrier,
  });
