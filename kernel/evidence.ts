/** What the generator knows of a kernel and a reader of a report should see: its memory plan, and proofs about its numbers. */

export interface PlanView {
  /** Bytes of linear memory in use, and what the buffers would take without sharing addresses. */
  bytes: number;
  bufferBytes: number;
  bufferBytesUnshared: number;
  /** In order of execution; a slot is a stage, or the branches of one group, which may run side by side. */
  slots: string[];
  /** By address; rows that share addresses never share a slot. */
  rows: PlanRow[];
}

export interface PlanRow {
  address: number;
  bytes: number;
  kind: 'constants' | 'state' | 'io' | 'buffer';
  /** First and last slot, counted from 0, in which the content matters. */
  first: number;
  last: number;
  what: string;
}

/** The worst case of one accumulator, computed from the actual weights and input formats, never from samples. */
export interface AccumulatorProof {
  /** e.g. "lstm forward gate i, row 17" - the worst row of the group is named. */
  where: string;
  /** Largest magnitude that any input can produce, in integer units. */
  worstCase: number;
  /** Limit of the accumulator's type. */
  limit: number;
}

/** The largest error of a function table, found by trying every input. */
export interface TableError {
  function: 'tanh' | 'sigmoid' | 'exp2';
  /** Number of inputs tried: all that differ. */
  inputs: number;
  /** In real units; one step of Q15 is 2^-15. For exp2 relative to the mantissa in [1, 2). */
  largest: number;
  /** The input at which it occurs, in real units. */
  at: number;
}
