/** Registers for the values of one region: Chaitin and Briggs's colouring in the order of gcc (ira-color.cc). */
import type { Allocno } from './allocnos.ts';
import { each } from './bits.ts';
import type { Copy } from './copies.ts';
import { following, preceding } from './pairs.ts';
import { onlyLow } from './low-registers.ts';
import { setAside, type SoftConflicts } from './soft-conflicts.ts';
import type { Preferences } from './preferences.ts';
import { allocationOrder, firstSaved, memoryCost, registersInAll } from './registers.ts';

/** To save a register at the entry and to restore it; gcc takes the function's entry for as rare as can be. */
const savingCost = 2 * memoryCost - 1;
const everyRegister = (1 << registersInAll) - 1;

export interface Node {
  a: Allocno;
  /** A value of two words stands here for each two words that meet. */
  neighbours: Node[];
  /** Of values of two words and their neighbours: which word, 2 for the upper one of this one and 1 for the upper one of the neighbour. */
  words: number[] | null;
  copies: { other: Node; frequency: number }[];
  /** Registers that it may get. */
  profitable: number;
  inGraph: boolean;
  colourable: boolean;
  mayBeSpilled: boolean;
  /** Neighbours still in the graph that compete for its registers. */
  left: number;
  spillCost: number;
  thread: Node;
  threadMembers: Node[];
  threadFrequency: number;
}

export class Colouring {
  private readonly nodes: Node[] = [];
  private readonly byValue: (Node | undefined)[] = [];
  private readonly preferences: Preferences;
  private readonly stack: Node[] = [];
  private readonly conflicts: SoftConflicts;
  private readonly usedSaved: Set<number>;

  constructor(
    allocnos: readonly Allocno[],
    preferences: Preferences,
    usedSaved: Set<number>,
    conflicts: SoftConflicts,
  ) {
    this.conflicts = conflicts;
    this.preferences = preferences;
    this.usedSaved = usedSaved;
    for (const a of allocnos) {
      const node: Node = {
        a,
        neighbours: [],
        words: null,
        copies: [],
        profitable: a.lowOnly ? onlyLow : everyRegister,
        inGraph: false,
        colourable: false,
        mayBeSpilled: false,
        left: 0,
        spillCost: 0,
        thread: null as unknown as Node,
        threadMembers: [],
        threadFrequency: a.frequency,
      };
      node.thread = node;
      node.threadMembers = [node];
      this.nodes.push(node);
      this.byValue[a.value] = node;
      if (a.second) this.byValue[a.second.value] = node;
    }
    for (const node of this.nodes.toSorted(firstMet)) {
      this.meet(node, node.a, 0);
      if (node.a.second) this.meet(node, node.a.second, 1);
    }
    for (const node of this.nodes) {
      for (const { first, second, frequency } of node.a.copies) {
        const other = this.byValue[first === node.a.value ? second : first];
        if (other) node.copies.push({ other, frequency });
      }
    }
    this.preferences.begin();
  }

  /** Adds a word to the neighbours of all that it is alive together with. */
  private meet(node: Node, word: Allocno, upper: 0 | 1): void {
    each(word.conflicts, (v) => {
      const other = this.byValue[v];
      if (!other || other === node) return;
      if (other.a.second || node.a.second) {
        other.words ??= other.neighbours.map(() => 0);
        other.words[other.neighbours.length] = (v === other.a.value ? 0 : 2) + upper;
      }
      other.neighbours.push(node);
    });
  }

  run(spillCost: (a: Allocno) => number): void {
    const open = this.nodes.filter((n) => !n.a.assigned);
    this.findProfitable(open);
    const waiting: Node[] = [];
    for (const n of open) {
      if (n.profitable === 0) {
        n.a.register = -1;
        n.a.assigned = true;
      } else {
        n.inGraph = true;
        waiting.push(n);
      }
    }
    const easy: Node[] = [];
    const hard: Node[] = [];
    for (const n of waiting) {
      for (const o of n.neighbours) if (o.inGraph && (o.profitable & n.profitable) !== 0) n.left++;
      n.colourable = n.left + sizeOf(n) <= ones(n.profitable);
      (n.colourable ? easy : hard).push(n);
    }
    for (const n of hard) n.spillCost = spillCost(n.a);
    hard.sort(spillOrder);
    this.pushAll(easy, hard);
    while (this.stack.length > 0) {
      const n = this.stack.pop()!;
      this.assign(n);
      n.inGraph = true;
    }
    this.improve(open);
  }

  private findProfitable(open: readonly Node[]): void {
    for (const n of this.nodes) {
      if (!n.a.assigned || n.a.register < 0) continue;
      n.neighbours.forEach((o, i) => {
        const register = (n.words?.[i] ?? 0) & 2 ? following[n.a.register]! : n.a.register;
        o.profitable &= ~(1 << register);
      });
    }
    for (const n of open) {
      const { updatedMemory } = n.a;
      const costs = n.a.updated ?? n.a.costs;
      if (costs) {
        for (let r = 0; r < registersInAll; r++) if (updatedMemory < costs[r]!) n.profitable &= ~(1 << r);
      } else if (updatedMemory < 0) n.profitable = 0;
    }
  }

  private pushAll(easy: Node[], hard: readonly Node[]): void {
    let next = 0;
    let bucket = easy;
    for (;;) {
      this.joinThreads(bucket.flatMap(({ a }) => a.copies.filter((c) => c.first === a.value)));
      bucket.sort(pushOrder);
      while (bucket.length > 0) this.push(bucket.shift()!, bucket);
      while (next < hard.length && !(hard[next]!.inGraph && !hard[next]!.colourable)) next++;
      if (next >= hard.length) return;
      const n = hard[next++]!;
      n.mayBeSpilled = true;
      bucket = [];
      this.push(n, bucket);
    }
  }

  private push(n: Node, bucket: Node[]): void {
    n.inGraph = false;
    this.stack.push(n);
    for (const o of n.neighbours) {
      if (!o.inGraph || o.a.assigned || (o.profitable & n.profitable) === 0) continue;
      if (o.colourable) continue;
      o.left--;
      if (o.left + sizeOf(o) > ones(o.profitable)) continue;
      o.colourable = true;
      this.joinThreads(
        o.a.copies.filter((c) => {
          const other = this.byValue[c.first === o.a.value ? c.second : c.first];
          return other && ((!other.inGraph && !other.mayBeSpilled) || other.colourable);
        }),
      );
      let at = 0;
      while (at < bucket.length && pushOrder(o, bucket[at]!) >= 0) at++;
      bucket.splice(at, 0, o);
    }
  }

  /** Values that copies connect are given registers one after another, as long as none of them meet. */
  private joinThreads(copies: readonly Copy[]): void {
    const sorted = copies.toSorted((x, y) => y.frequency - x.frequency || x.number - y.number);
    for (const c of sorted) {
      const one = this.byValue[c.first]?.thread;
      const two = this.byValue[c.second]?.thread;
      if (!one || !two || one === two) continue;
      if (one.threadMembers.some((m) => two.threadMembers.some((o) => m.a.meets(o.a)))) continue;
      for (const m of two.threadMembers) m.thread = one;
      one.threadMembers.push(...two.threadMembers);
      one.threadFrequency += two.threadFrequency;
    }
  }

  /** Gives a value the cheapest register that is left, or memory. */
  private assign(n: Node): boolean {
    const { a } = n;
    const { costs, full } = this.preferences.costsOf(n);
    const taken = [0, 0];
    const aside = new Map<Allocno, number>();
    n.neighbours.forEach((o, i) => {
      if (!o.a.assigned || o.a.register < 0) return;
      const words = n.words?.[i] ?? 0;
      const r = words & 1 ? following[o.a.register]! : o.a.register;
      const idle = this.conflicts.soft(a, o.a);
      if (!idle) taken[words >> 1]! |= 1 << r;
      else if (!aside.has(idle)) {
        aside.set(idle, r);
        const at = words & 2 ? preceding[r]! : r;
        if (at < 0) return;
        costs[at]! += setAside(idle);
        full[at]! += setAside(idle);
      }
    });
    let best = -1;
    let least = Infinity;
    for (const r of allocationOrder) {
      if ((n.profitable & (1 << r)) === 0 || (taken[0]! & (1 << r)) !== 0) continue;
      const second = a.second ? following[r]! : -1;
      if (a.second && (second < 0 || (taken[1]! & (1 << second)) !== 0)) continue;
      const saving = this.saveCost(r, second);
      costs[r]! += saving;
      full[r]! += saving;
      if (full[r]! < least) {
        least = full[r]!;
        best = r;
      }
    }
    if (least > a.updatedMemory) best = -1;
    this.preferences.restore(n);
    a.register = best;
    a.assigned = true;
    a.updated = null;
    a.conflictCosts = null;
    if (best >= 0) {
      for (const r of [best, a.second ? following[best]! : -1]) if (r >= firstSaved) this.usedSaved.add(r);
      this.preferences.spread(n, best);
    }
    return best >= 0;
  }

  private saveCost(register: number, second: number): number {
    const saves = (r: number): boolean => r >= firstSaved && !this.usedSaved.has(r);
    if (second < 0) return saves(register) ? savingCost : 0;
    const saved = Number(saves(register)) + Number(saves(second));
    return saved === 0 ? 0 : memoryCost * saved - 1;
  }

  /** A value takes the register of others that cost less together (improve_allocation). */
  private improve(open: readonly Node[]): void {
    const lost: Node[] = [];
    for (const n of open) {
      const { a } = n;
      if (n.profitable === 0) continue;
      if (a.register >= 0 && !a.costs) continue;
      const base =
        a.register < 0 ? a.updatedMemory : a.costs![a.register]! - this.preferences.copySaving(n, a.register);
      const gain: number[] = [];
      let worth = false;
      for (const r of allocationOrder) {
        if ((n.profitable & (1 << r)) === 0 || (a.second && following[r]! < 0)) continue;
        gain[r] = (a.costs?.[r] ?? a.classCost) - this.preferences.copySaving(n, r) - base;
        if (gain[r]! < 0) worth = true;
      }
      if (!worth) continue;
      const neighbours = n.words ? [...new Set(n.neighbours)] : n.neighbours;
      for (const o of neighbours) {
        const r = o.a.register;
        if (r < 0) continue;
        for (const at of n.words ? overlapping(n, r, o) : [r]) {
          if (gain[at] === undefined) continue;
          gain[at]! += o.a.fixed
            ? Infinity
            : o.a.updatedMemory - (o.a.costs?.[r] ?? o.a.classCost) + this.preferences.copySaving(o, r);
        }
      }
      let best = -1;
      let least = 0;
      for (const r of allocationOrder)
        if (gain[r] !== undefined && gain[r]! < least) {
          least = gain[r]!;
          best = r;
        }
      if (best < 0) continue;
      for (const o of neighbours) {
        if (o.a.register < 0 || !(n.words ? overlapping(n, o.a.register, o) : [o.a.register]).includes(best))
          continue;
        o.a.register = -1;
        lost.push(o);
      }
      a.register = best;
    }
    const worth = ({ a }: Node): number => a.updatedMemory - a.classCost;
    lost.sort((x, y) => worth(x) - worth(y) || x.a.number - y.a.number);
    for (const n of lost) {
      n.a.assigned = false;
      this.assign(n);
    }
  }
}

/** What is met first counts first (points.ts). */
const firstMet = (x: Node, y: Node): number => x.a.point - y.a.point || x.a.number - y.a.number;

const sizeOf = (n: Node): number => (n.a.second ? 2 : 1);

/** Where a value would take something of the registers that another one has from `register` on. */
function overlapping(n: Node, register: number, other: Node): number[] {
  const taken = other.a.second ? [register, following[register]!] : [register];
  return n.a.second ? [...new Set(taken.flatMap((r) => [preceding[r]!, r]))] : taken;
}

export function ones(mask: number): number {
  let n = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) n++;
  return n;
}

const priority = (n: Node): number => Math.trunc(n.spillCost / (n.a.excess * sizeOf(n) + 1));

/** What goes to memory first, should nothing be easy. */
function spillOrder(x: Node, y: Node): number {
  if (x.a.bad !== y.a.bad) return x.a.bad ? 1 : -1;
  return priority(x) - priority(y) || x.spillCost - y.spillCost || x.a.number - y.a.number;
}

/** What is pushed first gets its register last. */
function pushOrder(x: Node, y: Node): number {
  return (
    x.thread.threadFrequency - y.thread.threadFrequency ||
    y.thread.a.number - x.thread.a.number ||
    sizeOf(x) - sizeOf(y) ||
    x.a.frequency - y.a.frequency ||
    ones(y.profitable) - ones(x.profitable) ||
    y.a.number - x.a.number
  );
}
