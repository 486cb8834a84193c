/**
 * What gcc's descriptions of cores (config/arm/cortex-m4.md, cortex-a7.md) say: cycles from an instruction to one that depends on it, and which instructions may begin together.
 * Other cores: latencies by kind, and as many instructions a cycle as the core begins.
 */
import type { Core } from '../../../cores/core.ts';
import { scheduledLatency } from '../float-cycles.ts';
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
  /** Goes first of a pair or alone, and second of a pair (cortexa7_older_only, cortexa7_younger); of other cores none. */
  olderOnly(u: Unit): boolean;
  younger(u: Unit): boolean;
}

export function pipelineFor(t: Latencies): Pipeline {
  return t.description === 'cortex-m4'
    ? new SingleIssue(t)
    : t.description === 'cortex-a7'
      ? new DualIssue(t)
      : new Plain(t);
}

const computes = ({ kind }: Machine): boolean =>
  kind === 'alu' || kind === 'shift' || kind === 'extend' || kind === 'move' || kind === 'compare';
const accesses = ({ kind }: Machine): boolean => kind === 'load' || kind === 'store';
const feeds = (p: Machine, registers: readonly number[]): boolean =>
  p.defs.some((d) => registers.includes(d));

/** Bits of two units that all instructions need, now and in later cycles. */
class TwoUnits implements Reservations {
  private a = 0;
  private b = 0;
  private readonly needs: (u: Unit) => readonly [number, number];

  constructor(needs: (u: Unit) => readonly [number, number]) {
    this.needs = needs;
  }

  fits(u: Unit): boolean {
    const [a, b] = this.needs(u);
    return (this.a & a) === 0 && (this.b & b) === 0;
  }

  take(u: Unit): void {
    if (!this.fits(u)) return;
    const [a, b] = this.needs(u);
    this.a |= a;
    this.b |= b;
  }

  full(): boolean {
    return (this.a & 1) !== 0;
  }

  advance(): void {
    this.a >>>= 1;
    this.b >>>= 1;
  }
}

const cyclesOf = (n: number): number => 2 ** Math.min(n, 20) - 1;

class SingleIssue implements Pipeline {
  readonly issue = 1;
  private readonly t: Latencies;

  constructor(t: Latencies) {
    this.t = t;
  }

  latency({ whole: m }: Unit): number {
    switch (m.kind) {
      case 'load':
        return m.words + 1;
      case 'store':
        return m.words > 1 ? m.words + 1 : m.registerOffset ? 2 : 1;
      case 'branch':
      case 'call':
      case 'library':
        return 3;
      case 'divide':
        // No part of the description.
        return 0;
      case 'vfp':
        return scheduledLatency(m, this.t.floats);
      default:
        return 1;
    }
  }

  between(producer: Unit, consumer: Unit): number {
    const [p, c] = [producer.whole, consumer.whole];
    if (computes(p) || p.kind === 'multiply') return accesses(c) && feeds(p, c.address) ? 2 : 1;
    if (p.kind === 'load' && p.words === 1 && c.kind === 'store' && !feeds(p, c.address)) return 1;
    return this.latency(producer);
  }

  reservations(): Reservations {
    return new TwoUnits(({ whole: m }) => {
      if (m.kind === 'divide') return [0, 0];
      if (m.kind === 'load' && m.words === 1) return [1, 2];
      if (m.kind === 'store' && m.words === 1) return [m.registerOffset ? 3 : 1, 0];
      const n = accesses(m)
        ? m.words + 1
        : m.kind === 'branch' || m.kind === 'call' || m.kind === 'library'
          ? 3
          : 1;
      return [cyclesOf(n), cyclesOf(n)];
    });
  }

  olderOnly(): boolean {
    return false;
  }

  younger(): boolean {
    return false;
  }
}

/** Where an instruction may go: in the first or second place of a cycle, in the first alone, in both. */
type Place = 'either' | 'first' | 'both';

/** adc and sbc count as if they took registers, and so does a negation that sets the flags. */
const takesImmediate = (m: Machine): boolean =>
  m.immediate && !m.shifted && !m.readsFlags && !(m.setsFlags && m.text.startsWith('rsb'));

function placeOf({ parts, whole: m }: Unit): Place {
  switch (m.kind) {
    case 'branch':
    case 'extend':
    case 'move':
      return 'either';
    case 'alu':
    case 'compare':
      return parts.length > 1 || takesImmediate(m) ? 'either' : 'first';
    case 'multiply':
    case 'divide':
      return 'both';
    case 'load':
    case 'store':
      return m.words > 1 || m.text.startsWith('vldr.64') ? 'both' : 'first';
    case 'vfp':
      return /^vmov.*,r/.test(m.text) ? 'both' : 'first';
    default:
      return 'first';
  }
}

const isCall = ({ kind }: Machine): boolean => kind === 'call' || kind === 'library';

class TwoPlaces implements Reservations {
  private first = false;
  private second = false;
  private branch = false;
  /** Cycles that a division keeps everything. */
  private busy = 0;

  fits(u: Unit): boolean {
    const m = u.whole;
    if (this.full()) return false;
    if (m.kind === 'branch') return !this.branch;
    if (isCall(m)) return !this.branch && !this.second;
    const place = placeOf(u);
    return place === 'either' || !this.first;
  }

  take(u: Unit): void {
    if (!this.fits(u)) return;
    const m = u.whole;
    if (m.kind === 'branch' || isCall(m)) this.branch = true;
    if (m.kind === 'divide') this.busy = 5;
    if (this.first || placeOf(u) === 'both' || isCall(m)) this.second = true;
    this.first = true;
  }

  full(): boolean {
    return this.busy > 0 || (this.first && this.second);
  }

  advance(): void {
    this.first = this.second = this.branch = false;
    if (this.busy > 0) this.busy--;
  }
}

class DualIssue implements Pipeline {
  readonly issue = 2;
  private readonly t: Latencies;

  constructor(t: Latencies) {
    this.t = t;
  }

  latency({ whole: m }: Unit): number {
    switch (m.kind) {
      case 'load':
        return m.words > 2 ? 3 : 2;
      case 'store':
      case 'branch':
        return 0;
      case 'call':
      case 'library':
        return 1;
      case 'divide':
        return 5;
      case 'vfp':
        return scheduledLatency(m, this.t.floats);
      default:
        return 2;
    }
  }

  between(producer: Unit, consumer: Unit): number {
    const [p, c] = [producer.whole, consumer.whole];
    if (computes(p)) {
      if (c.kind === 'multiply') return 1;
      if (c.kind === 'store') return feeds(p, c.address) ? 2 : 1;
      if (computes(c)) return c.shifted && feeds(p, c.uses.slice(-1)) ? 2 : 1;
      return 2;
    }
    if (p.kind === 'multiply' && c.kind === 'multiply' && p.defs.includes(c.accumulator)) return 1;
    return this.latency(producer);
  }

  reservations(): Reservations {
    return new TwoPlaces();
  }

  olderOnly(u: Unit): boolean {
    return placeOf(u) === 'first' && !u.whole.shifted && !isCall(u.whole);
  }

  younger(u: Unit): boolean {
    return placeOf(u) === 'either' || isCall(u.whole);
  }
}

class Plain implements Pipeline {
  readonly issue: number;
  private readonly t: Latencies;

  constructor(t: Latencies) {
    this.t = t;
    this.issue = t.issue;
  }

  latency({ whole: m }: Unit): number {
    switch (m.kind) {
      case 'load':
        return this.t.load;
      case 'multiply':
        return this.t.multiply;
      case 'divide':
        return this.t.divide;
      case 'shift':
        return m.immediate ? this.t.shift : (this.t.move ?? this.t.shift);
      case 'move':
        return this.t.move ?? this.t.alu;
      case 'vfp':
        return scheduledLatency(m, this.t.floats);
      default:
        return this.t.alu;
    }
  }

  between(producer: Unit, consumer: Unit): number {
    const { whole: p } = producer;
    const byFlags = p.kind !== 'vfp' && p.setsFlags && consumer.whole.readsFlags;
    return byFlags && !feeds(p, consumer.whole.uses) ? 1 : this.latency(producer);
  }

  reservations(): Reservations {
    let busy = 0;
    // What nothing begins beside or behind until it is over.
    const keepsAll = (u: Unit): boolean =>
      u.whole.kind === 'divide' || (this.t.blocks === true && u.whole.kind !== 'load' && this.latency(u) > 1);
    return {
      fits: () => busy === 0,
      take: (u) => {
        if (keepsAll(u)) busy = this.latency(u);
      },
      full: () => busy > 0,
      advance: () => {
        if (busy > 0) busy--;
      },
    };
  }

  olderOnly(): boolean {
    return false;
  }

  younger(): boolean {
    return false;
  }
}
