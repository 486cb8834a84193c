/** What the list scheduler asks of a core: cycles from an instruction to one that depends on it, and which instructions may begin together. One core's description is one file of cores/. */
import type { Core } from '../../../cores/core.ts';
import type { Machine } from '../machine.ts';
import type { Unit } from './units.ts';

export type Latencies = Omit<Core['scheduler'], 'source'>;

/** What is taken of the units of a core, in this cycle and in those to come. */
export interface Reservations {
  /** Whether an instruction may begin now. */
  fits(u: Unit): boolean;
  take(u: Unit): void;
  /** Whether nothing at all may begin now. */
  full(): boolean;
  advance(): void;
}

export interface Pipeline {
  issue: number;
  /** Without knowing what depends on it. */
  latency(u: Unit): number;
  /** Cycles from an instruction to one that takes its results. */
  between(producer: Unit, consumer: Unit): number;
  reservations(): Reservations;
  /** Where an instruction goes that has one place in a pair: first of it or alone (cortexa7_older_only), or second (cortexa7_younger). Cores that pair none have no such place. */
  placeInPair?(u: Unit): 'older' | 'younger' | undefined;
}

export const computes = ({ kind }: Machine): boolean =>
  kind === 'alu' || kind === 'shift' || kind === 'extend' || kind === 'move' || kind === 'compare';
export const accesses = ({ kind }: Machine): boolean => kind === 'load' || kind === 'store';
export const feeds = (p: Machine, registers: readonly number[]): boolean =>
  p.defs.some((d) => registers.includes(d));
