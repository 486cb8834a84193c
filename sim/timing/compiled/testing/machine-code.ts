/** Instructions and blocks for tests of what works on machine code: in one function, on no path of interest, with what a test does not care about filled in. */
import { instruction, type Machine, type MachineBlock, type MachineCode } from '../machine.ts';

/** Where all of it comes from. */
export const at = { f: 0, block: 0 };

export const make = (
  kind: Machine['kind'],
  text: string,
  defs: number[] = [],
  uses: number[] = [],
  extra: Partial<Machine> = {},
): Machine => instruction(kind, text, at, { defs, uses, ...extra });

/** A block that runs once, outside of loops, and leads nowhere unless `extra` says otherwise. */
export const block = (id: number, code: Machine[], extra: Partial<MachineBlock> = {}): MachineBlock => ({
  ...{ id, code, weight: 1, frequency: 1000, successors: [], next: -1, loopDepth: 0, origin: at },
  ...extra,
});

/** Successors that are equally likely. */
export const ways = (...to: readonly number[]): MachineBlock['successors'] =>
  to.map((id) => ({ to: id, weight: 1 }));

export const machineCode = (blocks: MachineBlock[], extra: Partial<MachineCode> = {}): MachineCode => ({
  ...{
    blocks,
    loops: [],
    registers: 64,
    floats: new Map(),
    pairs: new Map(),
    wides: [],
    arrivals: new Map(),
    stepped: new Set<number>(),
    hoisted: new Set<number>(),
    shared: new Set<number>(),
    named: new Set<number>(),
    wide: new Map<number, number>(),
  },
  entry: blocks[0]?.id ?? 0,
  ...extra,
});
