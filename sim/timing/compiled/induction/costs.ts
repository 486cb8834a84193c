/**
 * What it costs to serve a group of uses by a candidate (tree-ssa-loop-ivopts.cc, determine_group_iv_costs) on ARM: an operation 4; an address
 * [reg] 6, [reg, #imm] 2, [reg, reg] 4, [reg, reg, lsl] 3, one that steps 0.
 */
import type { Node } from '../ir.ts';
import { addForms, constantForm, formKey, isConstantForm, isZeroForm, type Linear } from '../linear.ts';
import { isProduct } from '../products.ts';
import { dominates } from '../structure.ts';
import type { Candidate, End } from './candidates.ts';
import type { Iterations } from './iterations.ts';
import { additionCost, addsShifted, multipleCost, operation, type MultiplePrices } from './multiples.ts';
import { inBits, maskOf } from './narrow-values.ts';
import { isOffset, memoryObject, type Group, type Use } from './uses.ts';

const addressCost = { register: 6, offset: 2, index: 4, scaled: 3 };

/** To make two words of one (convert_cost). */
const widening = 2 * operation;

/** Multiples up to this are written as sums. */
const mostAdded = 4;

/** Of numbers of more bits JavaScript loses some. */
const mostExact = 52;

/** A price, and how complex the addresses are, which decides between equals: price in units of this. */
export const unit = 4096;

export interface Service {
  candidate: Candidate;
  /** In units, with complexity below. */
  cost: number;
  /** Invariants that must stay in registers for it. */
  invariants: number[];
}

/** What one expression costs in the code, and the part of it that is made once, before the loop. */
interface Price {
  cost: number;
  once: number;
  complexity: number;
  /** Names of invariant values and of invariant expressions. */
  values: Node[];
  expression: string | null;
  steps: boolean;
}

export class Costs {
  private readonly end: End;
  private readonly iterations: number;
  private readonly used: ReadonlySet<Node>;
  private readonly bounds: ReadonlyMap<Use, Iterations>;
  private readonly countdown: Use | null;
  private readonly scales: (use: Use) => number;
  /** To extend a narrow value. */
  private readonly extend: number;
  /** To multiply two values (force_expr_to_var_cost asks target_spill_cost). */
  private readonly multiply: number;
  private readonly multiples: MultiplePrices;
  private readonly names = new Map<string, number>();

  constructor(
    end: End,
    iterations: number,
    used: ReadonlySet<Node>,
    bounds: ReadonlyMap<Use, Iterations>,
    countdown: Use | null,
    scales: (use: Use) => number,
    prices: { extendCost: number; spillCost: number } & MultiplePrices,
  ) {
    this.end = end;
    this.iterations = iterations;
    this.used = used;
    this.bounds = bounds;
    this.countdown = countdown;
    this.scales = scales;
    this.extend = prices.extendCost;
    this.multiply = prices.spillCost;
    this.multiples = prices;
  }

  /** Invariants that anything may need. */
  get invariants(): number {
    return this.names.size;
  }

  candidate(c: Candidate): { cost: number; invariants: number[] } {
    // A constant costs as much in two words (force_expr_to_var_cost).
    const start = isConstantForm(c.base) ? operation : this.start(c) || operation;
    const artificial = c.kind !== 'original' || c.phi === null;
    const latch = c.kind === 'end' && !this.end.filled;
    const cost = additionCost(c.bits) + this.setup(start) + Number(artificial) + Number(latch);
    if (isConstantForm(c.step)) return { cost, invariants: [] };
    const simple = isSingle(c.step) && negation(c.step) === 0;
    const values = simple ? this.values(c.step) : [];
    return {
      cost,
      invariants: simple ? values.map((n) => this.value(n)) : [this.expression(formKey(c.step))],
    };
  }

  /** Of a check it is the widened address, and what the check adds to that. */
  private start({ base, bits, added = 0 }: Candidate): number {
    const inner = added === 0 ? base : addForms(base, constantForm(-added));
    const cost = expressionCost(inner, this.multiples) + this.extensions(inner, true);
    if (bits <= 32) return cost;
    return cost + widening + (added === 0 ? 0 : additionCost(bits));
  }

  group(group: Group, c: Candidate): Service | null {
    if (group.kind === 'compare') return this.compare(group.uses[0]!, c);
    const [first] = group.uses as [Use];
    if (group.kind === 'value') {
      if (c.kind === 'original' && c.next === first.node && first.offset === 0)
        return { candidate: c, cost: 0, invariants: [] };
      const price = this.compute(first, c);
      return price && this.service(c, price.cost, price.complexity, price.values, [price.expression]);
    }
    let cost = 0;
    let complexity = 0;
    const expressions: (string | null)[] = [];
    let values: Node[] = [];
    for (const use of group.uses) {
      const price = this.address(use, c);
      if (!price) return null;
      cost += price.cost;
      complexity += price.complexity;
      if (use === first) {
        values = price.values;
        if (c.use === use) {
          if (price.steps) cost -= operation;
          else return null;
        }
      } else if (price.expression && expressions.includes(price.expression)) cost -= price.once;
      expressions.push(price.expression);
    }
    return this.service(c, cost, complexity, values, expressions);
  }

  /** Whether the candidate has moved on where the use stands. */
  isMoved(use: Use, c: Candidate): boolean {
    if (c.kind === 'end') return false;
    if (c.kind === 'normal') {
      if (use.at.block === this.end.latch && this.end.test !== this.end.latch) return true;
      return use.at.block === this.end.test && use.at.index === use.at.block.nodes.length;
    }
    const { at } = c;
    if (!at) return false;
    if (use.at.block !== at.block) return dominates(at.block, use.at.block);
    return c.kind === 'before' ? use.at.index >= at.index : use.at.index > at.index;
  }

  /** What is added to the candidate's multiple: null where it cannot serve. */
  difference(use: Use, c: Candidate): { ratio: number; rest: Linear } | null {
    if (c.bits < use.bits || (c.bits < 32 && c.bits !== use.bits)) return null;
    // A wider candidate is converted first.
    if (use.bits < 32) return this.narrowDifference(use, c);
    const ratio =
      c.next === use.node && c.kind === 'original' && use.offset === 0 ? 1 : ratioOf(use.step, c.step);
    if (ratio === null) return null;
    let rest = addForms(use.base, c.base, -ratio);
    if (this.isMoved(use, c)) rest = addForms(rest, c.step, -ratio);
    return { ratio, rest };
  }

  private narrowDifference(use: Use, c: Candidate): { ratio: number; rest: Linear } | null {
    if (!isConstantForm(c.step)) return null;
    const { bits } = use;
    const step = constantForm(inBits(c.step.constant, bits));
    const ratio = ratioOf(use.step, step);
    if (ratio === null) return null;
    let rest = addForms(use.base, c.base, -ratio);
    if (this.isMoved(use, c)) rest = addForms(rest, step, -ratio);
    return { ratio, rest: { terms: rest.terms, constant: inBits(rest.constant, bits) } };
  }

  /** What the candidate is compared with instead, null where the test cannot be put on it. */
  bound(use: Use, c: Candidate): Linear | null {
    const iterations = this.bounds.get(use);
    if (!iterations || !isConstantForm(c.step) || c.step.constant === 0) return null;
    const step = c.step.constant;
    const after = this.isMoved(use, c);
    const period = 2 ** (Math.min(c.bits, mostExact) - Math.log2(step & -step)) - 1;
    const constant = isConstantForm(iterations.count);
    if (c.bits !== 32 && !(constant && isConstantForm(c.base))) return null;
    if (use.bits > 32) return null;
    if (constant && !after ? iterations.most > period : iterations.most + Number(after) > period) return null;
    const end = addForms(c.base, iterations.count, step);
    const bound = after ? addForms(end, c.step) : end;
    return c.bits < 32 ? constantForm(bound.constant & maskOf(c.bits)) : bound;
  }

  private objectsDiffer(use: Use, c: Candidate): boolean {
    const x = memoryObject(use.base);
    const y = memoryObject(c.base);
    return x !== null && y !== null && x !== y;
  }

  private compute(use: Use, c: Candidate): Price | null {
    const d = this.objectsDiffer(use, c) ? null : this.difference(use, c);
    if (!d) return null;
    const { ratio, rest } = d;
    // What is narrower comes for nothing.
    const words = use.bits > 32 ? 2 : 1;
    let cost = 0;
    let once = 0;
    let expression: string | null = null;
    let values: Node[] = [];
    if (!isConstantForm(rest)) {
      if (isSingle(rest)) {
        values = this.values(rest);
        cost += negation(rest);
      } else {
        once = this.setup(words * (expressionCost(rest, this.multiples) + this.extensions(rest)));
        cost += once;
        // What addresses add is unsigned, this is signed, and so another expression.
        expression = `signed ${formKey(rest)}`;
      }
    }
    const times = ratio < 0 && !isZeroForm(rest) ? -ratio : ratio;
    cost += multipleCost(times, use.bits, this.multiples);
    if (!isZeroForm(rest)) cost += additionCost(use.bits);
    return { cost: this.scale(use, cost, once), once, complexity: 0, values, expression, steps: false };
  }

  private address(use: Use, c: Candidate): Price | null {
    const d = this.objectsDiffer(use, c) ? null : this.difference(use, c);
    if (!d) return null;
    const { ratio, rest } = d;
    const price: Price = { cost: 0, once: 0, complexity: 0, values: [], expression: null, steps: false };
    if (isConstantForm(rest)) {
      const moved = this.isMoved(use, c) ? c.step.constant : 0;
      const at = (rest.constant + moved) | 0;
      if (
        ratio === 1 &&
        Math.abs(c.step.constant) === 1 &&
        (at === 0 || at === c.step.constant) &&
        isConstantForm(c.step)
      ) {
        price.steps = true;
        return price;
      }
      if (ratio !== 1) price.cost += multipleCost(ratio, 32, this.multiples);
      if (rest.constant === 0) price.cost += addressCost.register;
      else if (isOffset(rest.constant)) {
        price.cost += addressCost.offset;
        price.complexity = 1;
      } else price.cost += operation + operation + addressCost.register;
      price.cost = this.scale(use, price.cost, 0);
      return price;
    }
    let single = 0;
    if (isSingle(rest)) {
      price.values = this.values(rest);
      // Not as if it were made once.
      single = this.extensions(rest) + negation(rest);
    } else {
      price.once = this.setup(expressionCost(rest, this.multiples) + this.extensions(rest), true);
      price.expression = formKey(rest);
    }
    const scaled = ratio === 2 || ratio === 4 || ratio === 8;
    price.complexity = 1 + Number(scaled);
    price.cost = price.once + single + (scaled ? addressCost.scaled : addressCost.index);
    if (ratio !== 1 && !scaled) price.cost += multipleCost(ratio, 32, this.multiples);
    price.cost = this.scale(use, price.cost, price.once);
    return price;
  }

  private compare(use: Use, c: Candidate): Service | null {
    const bound = this.bound(use, c);
    let elimination: Service | null = null;
    if (bound) {
      const cost = isConstantForm(bound)
        ? 0
        : this.setup(expressionCost(bound, this.multiples) + this.extensions(bound));
      const values = this.values(bound);
      // A comparison of the candidate itself with zero is preferred.
      const zero = use.bound && isZeroForm(use.bound) && this.isOwn(use, c) ? 1 : 0;
      elimination =
        values.length > 1
          ? this.service(c, cost - zero, 0, [], [formKey(bound)])
          : this.service(c, cost - zero, 0, values, []);
    }
    const price = this.compute(use, c);
    if (!price) return elimination;
    const own = use.bound ? this.values(use.bound) : [];
    const values = [...new Set([...price.values, ...own])];
    const express = this.service(c, price.cost, 0, values, [price.expression]);
    return elimination && elimination.cost <= express.cost ? elimination : express;
  }

  private isOwn(use: Use, c: Candidate): boolean {
    if (c.kind !== 'original') return false;
    return use === this.countdown ? c.phi === null : use.node === c.phi || use.node === c.next;
  }

  /** What values themselves cost: gcc looks through what extends narrow values and counts it in every sum of theirs; what is not multiplied out names them as often as they are added. */
  private extensions({ terms }: Linear, each = false): number {
    let cost = 0;
    for (const [n, k] of terms)
      if (n.op === 'load' && n.type === 'i32' && n.bytes < 4)
        cost += this.extend * (each && Math.abs(k) <= mostAdded ? Math.abs(k) : 1);
      else if (isProduct(n)) cost += this.multiply;
    return cost;
  }

  private scale(use: Use, cost: number, once: number): number {
    return once + (cost - once) * this.scales(use);
  }

  private setup(cost: number, up = false): number {
    return Math.floor((cost + (up ? this.iterations - 1 : 0)) / this.iterations);
  }

  private service(
    c: Candidate,
    cost: number,
    complexity: number,
    values: readonly Node[],
    expressions: readonly (string | null)[],
  ): Service {
    const invariants = values.map((n) => this.value(n));
    for (const e of new Set(expressions)) if (e !== null) invariants.push(this.expression(e));
    return { candidate: c, cost: cost * unit + complexity, invariants };
  }

  /** Values that the loop would not keep anyway. */
  private values(form: Linear): Node[] {
    return [...form.terms.keys()].filter((n) => !this.used.has(n));
  }

  private value(n: Node): number {
    return this.name(`value ${n.id}`);
  }

  private expression(key: string): number {
    return this.name(key);
  }

  private name(key: string): number {
    let id = this.names.get(key);
    if (id === undefined) this.names.set(key, (id = this.names.size));
    return id;
  }
}

/** One value, or less one (aff_combination_singleton_var_p). */
const isSingle = (form: Linear): boolean =>
  form.terms.size === 1 &&
  form.constant === 0 &&
  Math.abs([...form.terms.values()][0]!) === 1 &&
  ![...form.terms.keys()].some(isProduct);

/** What a single value costs in each round. */
const negation = ({ terms }: Linear): number => ([...terms.values()][0]! < 0 ? operation : 0);

/** How many of the second make the first, null where no number does. */
export function ratioOf(step: Linear, unitStep: Linear): number | null {
  let ratio: number | null = null;
  const check = (a: number, b: number): boolean => {
    if (b === 0) return a === 0;
    if (a % b !== 0) return false;
    if (ratio !== null && ratio !== a / b) return false;
    ratio = a / b;
    return true;
  };
  if (step.terms.size !== unitStep.terms.size) return null;
  for (const [n, k] of unitStep.terms) if (!check(step.terms.get(n) ?? 0, k)) return null;
  if (!check(step.constant, unitStep.constant)) return null;
  return ratio === 0 ? null : ratio;
}

/** Operations of a sum as gcc's affine combinations write it: value after value, the constant last. */
export function expressionCost(form: Linear, prices: MultiplePrices): number {
  if (form.terms.size === 0) return operation;
  const factors = [...form.terms.values()];
  const parts = factors.length + Number(form.constant !== 0);
  let cost = 0;
  factors.forEach((k, i) => {
    const m = Math.abs(k);
    const shifts = (m & (m - 1)) === 0 && addsShifted(prices);
    if (i === 0) {
      // -a + b is b - a, as is -a + c; -a - b + c stays (add_elt_to_tree and fold_binary).
      const taken = factors.length > 1 ? factors[1]! > 0 : form.constant !== 0;
      if (k < 0 && !taken) cost += operation;
      // A shift is part of the addition that follows.
      if (m !== 1 && !(shifts && k > 0 && parts > 1)) cost += multipleCost(m, 32, prices);
    } else cost += operation + (m !== 1 && !shifts ? multipleCost(m, 32, prices) : 0);
  });
  return cost + (form.constant !== 0 ? operation : 0);
}
