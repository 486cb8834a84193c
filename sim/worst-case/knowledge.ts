/** What may be known of a module besides its code, what a bound is, and why there is none. */
import type { ReadOnly } from './value.ts';

export interface Bound {
  cycles: number;
  wasmOps: number;
  /** No branch rests on data: every call takes the same way. */
  constant: boolean;
}

/** Why there is none, and where: the byte offset in the module. */
export interface NoBound {
  function: string;
  /** Which loop of the function, from 0 in the order of the code; -1 where it is no loop. */
  loop: number;
  offset: number;
  reason: string;
}

export class Unbounded extends Error {
  readonly where: NoBound;

  constructor(where: NoBound) {
    super(where.reason);
    this.where = where;
  }
}

/** Bytes that copies and fills of memory move at most in a run, by `transferKey`. */
export type ModuleTransfers = ReadonlyMap<string, number>;

export const transferKey = (f: number, at: number): string => `${f} ${at}`;

export interface BlockCosts {
  /** Of one execution, by function index and block id. */
  cycles: readonly (readonly number[])[];
  wasmOps: readonly (readonly number[])[];
}

/** How often a loop's head runs at most each time that the loop is entered: somebody's word. */
export interface LoopBound {
  /** Function index, and loop of the function from 0 in the order of the code. */
  function: number;
  loop: number;
  turns: number;
}

export interface Knowledge {
  /** Memory that nothing writes. */
  readOnly?: readonly ReadOnly[];
  loopBounds?: readonly LoopBound[];
}
