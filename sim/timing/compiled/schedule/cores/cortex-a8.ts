/** What gcc's description of the Cortex-A8 says (config/arm/cortex-a8.md): two pipelines, of which one load or store and one branch take either, and a multiplication the first. */
import { scheduledLatency } from '../../float-cycles.ts';
import type { Machine } from '../../machine.ts';
import { feeds, type Latencies, type Pipeline, type Reservations } from '../pipeline.ts';
import type { Unit } from '../units.ts';

/** One bit each. */
const pipeline0 = 1;
const pipeline1 = 2;
const memory = 4;
const branches = 8;
const both = pipeline0 | pipeline1;

/** Ways to go, the first that is free is taken: what is needed in each cycle. */
type Ways = readonly (readonly number[])[];

const either = (unit: number): Ways => [[pipeline0 | unit], [pipeline1 | unit]];
const anywhere = either(0);
const oneTransfer = either(memory);
const jump = either(branches);
const called: Ways = [[branches]];
const transfers: Ways = [[both | memory, pipeline0 | memory]];
/** Nothing begins beside a multiplication until its last step. */
const product: Ways = [[both, pipeline0]];
const longProduct: Ways = [[both, both, pipeline0]];

function waysOf(m: Machine): Ways {
  switch (m.kind) {
    case 'load':
    case 'store':
      return m.words > 2 ? transfers : oneTransfer;
    case 'multiply':
      return m.defs.length > 1 ? longProduct : product;
    case 'branch':
      return jump;
    case 'call':
    case 'library':
      return called;
    default:
      return anywhere;
  }
}

class Reserved implements Reservations {
  /** Units that are taken, by the cycle from now on. */
  private taken: number[] = [];

  private free({ whole }: Unit): readonly number[] | undefined {
    return waysOf(whole).find((way) => way.every((units, at) => ((this.taken[at] ?? 0) & units) === 0));
  }

  fits(u: Unit): boolean {
    return this.free(u) !== undefined;
  }

  take(u: Unit): void {
    this.free(u)?.forEach((units, at) => {
      this.taken[at] = (this.taken[at] ?? 0) | units;
    });
  }

  full(): boolean {
    return ((this.taken[0] ?? 0) & both) === both;
  }

  advance(): void {
    this.taken.shift();
  }
}

/** Takes its operands a stage later than others, except what it shifts. */
const isLate = ({ kind }: Machine): boolean => kind === 'alu' || kind === 'compare' || kind === 'shift';

export class CortexA8 implements Pipeline {
  readonly issue = 2;
  private readonly t: Latencies;

  constructor(t: Latencies) {
    this.t = t;
  }

  latency({ whole: m }: Unit): number {
    switch (m.kind) {
      case 'load':
        return m.words > 2 ? 5 : 3;
      case 'multiply':
        return m.defs.length > 1 ? 7 : 6;
      case 'move':
        return 1;
      case 'store':
      case 'branch':
        return 0;
      case 'call':
      case 'library':
        return 32;
      case 'vfp':
        return scheduledLatency(m, this.t.floats);
      default:
        return 2;
    }
  }

  between(producer: Unit, consumer: Unit): number {
    const [p, c] = [producer.whole, consumer.whole];
    const computed = isLate(p) || p.kind === 'extend' || p.kind === 'move';
    if (c.kind === 'store') return computed && !feeds(p, c.address) ? 0 : this.latency(producer);
    if (p.kind === 'multiply' && c.kind === 'multiply') {
      const forwarded = p.defs.length === 1 && c.defs.length === 1 && p.defs.includes(c.accumulator);
      return forwarded ? 1 : this.latency(producer);
    }
    if (!isLate(c) || (c.shifted && feeds(p, c.uses.slice(-1)))) return this.latency(producer);
    if (p.kind === 'multiply') return 4;
    return computed || p.kind === 'load' ? this.latency(producer) - 1 : this.latency(producer);
  }

  reservations(): Reservations {
    return new Reserved();
  }
}
