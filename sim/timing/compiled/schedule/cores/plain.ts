/** A core that gcc describes by latencies of kinds of instructions alone here: as many a cycle as it begins, and those that keep everything until they are over. */
import { scheduledLatency } from '../../float-cycles.ts';
import { feeds, type Latencies, type Pipeline, type Reservations } from '../pipeline.ts';
import type { Unit } from '../units.ts';

export class Plain implements Pipeline {
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
}
