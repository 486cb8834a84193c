/**
 * Machine code with virtual registers, Thumb-2 as gcc emits it for the Armv7-M and Armv7-A cores. Only what the pipeline
 * models and the register allocator ask about is kept.
 */
import type { WideResult } from './whole-results.ts';

export type Kind =
  | 'alu'
  | 'shift' // shifts, bit fields, saturation
  | 'extend' // sxtb, uxth ...
  | 'move'
  | 'compare'
  | 'multiply'
  | 'divide'
  | 'load'
  | 'store'
  | 'branch'
  | 'call'
  | 'if-then'
  | 'vfp'
  | 'library'; // a call into the compiler's library, of `cycles` cycles

export interface Machine {
  kind: Kind;
  /** Mnemonic, for listings. */
  text: string;
  defs: number[];
  uses: number[];
  /** Registers of the address, a subset of `uses`. */
  address: number[];
  immediate: boolean;
  shifted: boolean;
  setsFlags: boolean;
  readsFlags: boolean;
  /** Register offset addressing. */
  registerOffset: boolean;
  /** Places by which the index of an address is shifted. */
  scale: number;
  /** Address register that is written back, if any. */
  writeback: number;
  /** Accumulator of a multiply-accumulate. */
  accumulator: number;
  /** Words of a multiple transfer, 1 otherwise. */
  words: number;
  /** Share of the encodings of this instruction that take 32 bits. */
  wide: number;
  /** Executed conditionally: defs are also uses. */
  conditional: boolean;
  /** What it changes a word of, so that all of it lives on (allocate/pairs.ts). */
  keeps: number[];
  /** The successor that alone needs it, -1 for none in particular. */
  way: number;
  /** A copy that disappears when its registers can share. */
  copy: boolean;
  /** A constant or address that can be made again at each use instead of being spilled. */
  remake: boolean;
  /** What makes the constant that a move copies. */
  equal: Machine | null;
  /** Fixed cost of a library call. */
  cycles: number;
  /** Probability that a branch is taken. */
  taken: number;
  /** Share of runs of an indirect call that go elsewhere than the last one. */
  changes: number;
  /** Direct branch back to a loop's header. */
  backward: boolean;
  /** Nothing moves across it: wasm2c puts a volatile asm behind every load of linear memory. */
  barrier: boolean;
  /** Place on the stack that a spilled value is stored to or loaded from, -1 for none. */
  slot: number;
  /** Variable of the instance or the runtime that is loaded or stored, '' for what is none: no two share memory. */
  cell: string;
  /** A load that goes to the program counter. */
  returns: boolean;
  origin: { f: number; block: number };
}

/** The branch to a trap that ends one of gcc's blocks. */
export const isCheck = (m: Machine): boolean => m.kind === 'branch' && m.text.endsWith('trap');

/** An instruction with the usual properties of its kind. */
export function instruction(
  kind: Kind,
  text: string,
  origin: { f: number; block: number },
  extra: Partial<Machine> = {},
): Machine {
  return {
    kind,
    text,
    defs: [],
    uses: [],
    address: [],
    immediate: false,
    shifted: false,
    setsFlags: kind === 'compare',
    readsFlags: false,
    registerOffset: false,
    scale: 0,
    writeback: -1,
    accumulator: -1,
    words: 1,
    wide: 0.6,
    conditional: false,
    keeps: [],
    way: -1,
    copy: false,
    remake: false,
    equal: null,
    cycles: 0,
    taken: 0,
    changes: 0,
    backward: false,
    barrier: false,
    slot: -1,
    cell: '',
    returns: false,
    origin,
    ...extra,
  };
}

/** A move that disappears where both sides share a register. */
export const move = (to: number, from: number, origin: Machine['origin']): Machine =>
  instruction('move', 'mov', origin, { defs: [to], uses: [from], copy: true, wide: 0 });

/** What a copy that keeps its two sides apart is called: they are not joined. */
export const kept = 'mov kept';

export const keptMove = (to: number, from: number, origin: Machine['origin']): Machine =>
  instruction('move', kept, origin, { defs: [to], uses: [from], copy: true, wide: 0 });

export interface MachineBlock {
  id: number;
  code: Machine[];
  weight: number;
  /** What gcc's register allocator thinks of it, 1 to 1000. */
  frequency: number;
  /** The same by the number of checks that were passed in the block. */
  passing?: readonly number[];
  /** How often gcc thinks that it runs, by the number of checks that were passed in the block. */
  counts?: readonly number[];
  successors: { to: number; weight: number; frequency?: number; count?: number }[];
  /** Block that follows in memory, -1 for none. */
  next: number;
  loopDepth: number;
  /** Runs under a condition that the block before has put into the flags. */
  guarded?: boolean;
  origin: { f: number; block: number };
}

/** Registers of the floating-point unit: s0 to s31, and d0 to d31. */
export type FloatFile = 'single' | 'double';

export interface MachineLoop {
  header: number;
  preheader: number;
  blocks: number[];
  depth: number;
  /** gcc's frequencies of entering and leaving. */
  enterFrequency: number;
  exitFrequency: number;
}

export interface MachineCode {
  blocks: MachineBlock[];
  loops: MachineLoop[];
  registers: number;
  /** Registers of the floating-point unit and which file they come from; all others are the core's own. */
  floats: Map<number, FloatFile>;
  /** Values of 64 bits that stay whole: the upper word of each lower one (allocate/pairs.ts). */
  pairs: Map<number, number>;
  /** What operations of 64 bits make of what (whole-results.ts). */
  wides: readonly WideResult[];
  /** What stands for arguments in the registers in which they come, and these (argument-copies.ts). */
  arrivals: Map<number, number>;
  /** What the choice of induction variables made. */
  stepped: ReadonlySet<number>;
  /** What loops put before them when they are instructions already, and sums that are shared. */
  hoisted: ReadonlySet<number>;
  shared: ReadonlySet<number>;
  /** What statements set, which have names in the tree passes; and what of all has 64 bits. */
  named: ReadonlySet<number>;
  wide: ReadonlyMap<number, number>;
  entry: number;
}

export const entryOf = ({ blocks, entry }: MachineCode): MachineBlock => blocks.find((b) => b.id === entry)!;

/** Whether a constant is a Thumb-2 modified immediate (Arm ARM, A5.3.2). */
export function isModifiedImmediate(value: number): boolean {
  const v = value >>> 0;
  if (v <= 0xff) return true;
  const low = v & 0xff;
  const high = (v >>> 8) & 0xff;
  if (v === ((low << 16) | low) >>> 0) return true;
  if (v === ((high << 24) | (high << 8)) >>> 0) return true;
  if (v === (low * 0x01010101) >>> 0) return true;
  const top = 31 - Math.clz32(v);
  return (v & ~(0xff << (top - 7))) === 0;
}

export const isAddImmediate = (v: number): boolean =>
  isModifiedImmediate(v) || isModifiedImmediate(-v) || Math.abs(v) <= 4095;
export const isLogicalImmediate = (v: number): boolean => isModifiedImmediate(v) || isModifiedImmediate(~v);
export const isCompareImmediate = (v: number): boolean => isModifiedImmediate(v) || isModifiedImmediate(-v);
/** Instructions to make a constant in a register. */
export const moveCost = (v: number): number =>
  isModifiedImmediate(v) || isModifiedImmediate(~v) || v >>> 0 <= 0xffff ? 1 : 2;

/** Two immediates that add up to a constant which is none, as gcc's arm_split_constant finds them; null if it takes more. */
export function splitImmediate(v: number): [number, number] | null {
  const sign = v < 0 ? -1 : 1;
  const magnitude = Math.abs(v);
  if (magnitude > 0x7fffffff) return null;
  const top = 31 - Math.clz32(magnitude);
  const high = (magnitude & (0xff << Math.max(0, top - 7))) >>> 0;
  const low = magnitude - high;
  return isAddImmediate(low) ? [sign * high, sign * low] : null;
}
