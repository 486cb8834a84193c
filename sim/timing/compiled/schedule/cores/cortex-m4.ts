/** What gcc's description of the Cortex-M4 says (config/arm/cortex-m4.md): two units that all instructions need, one instruction a cycle. */
import { scheduledLatency } from '../../float-cycles.ts';
import { accesses, computes, feeds, type Latencies, type Pipeline, type Reservations } from '../pipeline.ts';
import type { Unit } from '../units.ts';

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

export class CortexM4 implements Pipeline {
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
}
