/** What gcc's description of the Cortex-A7 says (config/arm/cortex-a7.md): two places a cycle, of which many instructions fit the first alone. */
import { scheduledLatency } from '../../float-cycles.ts';
import type { Machine } from '../../machine.ts';
import { computes, feeds, type Latencies, type Pipeline, type Reservations } from '../pipeline.ts';
import type { Unit } from '../units.ts';

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

export class CortexA7 implements Pipeline {
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

  placeInPair(u: Unit): 'older' | 'younger' | undefined {
    if (isCall(u.whole)) return 'younger';
    const place = placeOf(u);
    if (place === 'either') return 'younger';
    return place === 'first' && !u.whole.shifted ? 'older' : undefined;
  }
}
