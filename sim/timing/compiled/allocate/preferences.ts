/** Registers that copies make attractive: what is copied wants the register of what it is copied to, and others leave it that one (ira-color.cc). */
import type { Allocno } from './allocnos.ts';
import type { Node } from './colour.ts';
import { moveCost, registersInAll } from './registers.ts';

/** Attraction is a quarter with each copy between. */
const hop = 4;

/** Changes what a register costs a value, and what others are to reckon with. */
export function attract(a: Allocno, register: number, cost: number): void {
  a.updated ??= a.costs?.slice() ?? new Int32Array(registersInAll);
  a.conflictCosts ??= new Int32Array(registersInAll);
  a.updated[register]! += cost;
  a.conflictCosts[register]! += cost;
}

interface Record {
  register: number;
  divisor: number;
}

export class Preferences {
  private readonly records = new Map<Node, Record[]>();

  begin(): void {
    this.records.clear();
  }

  /** What each register would cost a value, by itself and with what others would lose. */
  costsOf(n: Node): { costs: Int32Array; full: Int32Array } {
    const costs = (n.a.updated ?? n.a.costs)?.slice() ?? new Int32Array(registersInAll);
    const full = costs.slice();
    const queue: { node: Node; start: Node; from: Node | null; divisor: number }[] = [];
    const queued = new Set<Node>();
    for (const o of n.neighbours) {
      if (o.a.assigned || o.mayBeSpilled || (o.profitable & n.profitable) === 0) continue;
      const conflict = o.a.conflictCosts;
      if (conflict)
        for (let r = 0; r < registersInAll; r++)
          if ((o.profitable & (1 << r)) !== 0) full[r]! -= conflict[r]!;
      if (o.copies.length === 0) continue;
      queued.add(o);
      queue.push({ node: o, start: o, from: null, divisor: hop });
    }
    this.follow(queue, queued, full, -1);
    if (n.copies.length > 0)
      this.follow([{ node: n, start: n, from: null, divisor: hop }], new Set([n]), full, 1);
    return { costs, full };
  }

  private follow(
    queue: { node: Node; start: Node; from: Node | null; divisor: number }[],
    queued: Set<Node>,
    full: Int32Array,
    sign: number,
  ): void {
    for (let i = 0; i < queue.length; i++) {
      const { node, start, from, divisor } = queue[i]!;
      for (const { other, frequency } of node.copies) {
        if (other === from || other.a.assigned || other.mayBeSpilled) continue;
        if (other.a.meets(start.a)) continue;
        const conflict = other.a.conflictCosts;
        let on = conflict === null;
        if (conflict) {
          const div = Math.max(1, other.a.frequency) * divisor;
          for (let r = 0; r < registersInAll; r++) {
            const cost = Math.trunc((conflict[r]! * frequency) / div);
            if (cost === 0) continue;
            on = true;
            full[r]! += sign * cost;
          }
        }
        if (on && divisor <= hop ** 4 && !queued.has(other)) {
          queued.add(other);
          queue.push({ node: other, start, from: node, divisor: divisor * hop });
        }
      }
    }
  }

  /** A value got a register: what copies connect it with wants the same. */
  spread(n: Node, register: number): void {
    this.update(n, register, 1, -1, true);
  }

  /** It did not get what it was attracted to: nor shall what was attracted by way of it. */
  restore(n: Node): void {
    const records = this.records.get(n);
    if (!records) return;
    this.records.delete(n);
    for (const { register, divisor } of records.toReversed()) this.update(n, register, divisor, -1, false);
  }

  private update(start: Node, register: number, first: number, sign: number, record: boolean): void {
    const queue: { node: Node; from: Node | null; divisor: number }[] = [
      { node: start, from: null, divisor: first },
    ];
    const queued = new Set<Node>();
    for (let i = 0; i < queue.length; i++) {
      const { node, from, divisor } = queue[i]!;
      for (const { other, frequency } of node.copies) {
        if (other === from || other.thread !== node.thread || other.a.assigned) continue;
        const cost = sign * Math.trunc((frequency * moveCost) / divisor);
        if (cost === 0) continue;
        attract(other.a, register, cost);
        if (!queued.has(other)) {
          queued.add(other);
          queue.push({ node: other, from: node, divisor: divisor * hop });
        }
        if (!record) continue;
        const known = this.records.get(other);
        if (known) known.push({ register, divisor });
        else this.records.set(other, [{ register, divisor }]);
      }
    }
  }

  /** Moves that a register saves. */
  copySaving(n: Node, register: number): number {
    let saved = 0;
    for (const { other, frequency } of n.copies)
      if (other.a.register === register && other.a.assigned) saved += frequency * moveCost;
    return saved;
  }
}
