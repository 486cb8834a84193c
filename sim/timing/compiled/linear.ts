/**
 * Linear forms: a value as a sum of multiples of other values plus a constant, modulo 2^32; and its evolution in a loop,
 * as in scalar evolution analysis: base at entry plus step an iteration.
 */
import { resolve, type Graph, type LoopNode, type Node } from './ir.ts';
import type { Products } from './products.ts';
import type { Make } from './simplify.ts';

export interface Linear {
  terms: Map<Node, number>;
  constant: number;
}

export const constantForm = (constant: number): Linear => ({ terms: new Map(), constant: constant | 0 });

export function addForms(a: Linear, b: Linear, factor = 1): Linear {
  const terms = new Map(a.terms);
  for (const [node, k] of b.terms) {
    const sum = ((terms.get(node) ?? 0) + Math.imul(k, factor)) | 0;
    if (sum === 0) terms.delete(node);
    else terms.set(node, sum);
  }
  return { terms, constant: (a.constant + Math.imul(b.constant, factor)) | 0 };
}

export const isConstantForm = (a: Linear): boolean => a.terms.size === 0;
export const isZeroForm = (a: Linear): boolean => a.terms.size === 0 && a.constant === 0;

const multiple = (n: Node, k: number): Linear =>
  k === 0 ? constantForm(0) : { terms: new Map([[n, k]]), constant: 0 };

export const formKey = (a: Linear, withConstant = true): string =>
  [...a.terms]
    .sort(([x], [y]) => x.id - y.id)
    .map(([n, k]) => `${k}*${n.id}`)
    .join('+') + (withConstant ? `+${a.constant}` : '');

/** How a value evolves in a loop. */
export interface Evolution {
  base: Linear;
  step: Linear;
}

const invariantEvolution = (base: Linear): Evolution => ({ base, step: constantForm(0) });

/** Evolutions of 32-bit integer values of one loop. */
export class Evolutions {
  private readonly loop: LoopNode;
  private readonly products: Products | null;
  private readonly known = new Map<Node, Evolution | null>();
  private readonly roundsOf: ((inner: LoopNode) => number | null) | null;

  /**
   * @param roundsOf How often the last block of an inner loop is run, where that tells what the loop does as a whole (compute_overall_effect_of_inner_loop).
   * @param products Of sums that are not known by values, where they count as values.
   */
  constructor(
    loop: LoopNode,
    roundsOf: ((inner: LoopNode) => number | null) | null = null,
    products: Products | null = null,
  ) {
    this.loop = loop;
    this.roundsOf = roundsOf;
    this.products = products;
  }

  inside(n: Node): boolean {
    return n.op !== 'const' && this.loop.blocks.has(n.block);
  }

  of(node: Node): Evolution | null {
    const n = resolve(node);
    if (n.type !== 'i32') return null;
    if (!this.inside(n)) return invariantEvolution(this.invariant(n));
    const hit = this.known.get(n);
    if (hit !== undefined) return hit;
    this.known.set(n, null);
    const result = this.compute(n);
    this.known.set(n, result);
    return result;
  }

  /**
   * A value from outside the loop: itself, but for additions of constants, which gcc looks through
   * (expand_simple_operations).
   */
  private invariant(node: Node): Linear {
    let n = resolve(node);
    let constant = 0;
    while (n.op === 'add' && n.type === 'i32' && n.args[1]!.op === 'const') {
      constant = (constant + Number(n.args[1]!.value)) | 0;
      n = resolve(n.args[0]!);
    }
    if (n.op === 'const') return constantForm(constant + Number(n.value));
    return { terms: new Map([[n, 1]]), constant };
  }

  private compute(n: Node): Evolution | null {
    const [a, b] = n.args;
    const both = (factor: number): Evolution | null => {
      const x = this.of(a!);
      const y = this.of(b!);
      if (!x || !y) return null;
      return { base: addForms(x.base, y.base, factor), step: addForms(x.step, y.step, factor) };
    };
    const scaled = (factor: number): Evolution | null => {
      const x = this.of(a!);
      if (!x) return null;
      return {
        base: addForms(constantForm(0), x.base, factor),
        step: addForms(constantForm(0), x.step, factor),
      };
    };
    switch (n.op) {
      case 'phi':
        return n.block === this.loop.header ? this.induction(n) : null;
      case 'add':
      case 'address':
        return both(1);
      case 'sub':
        return both(-1);
      case 'shl':
        return b!.op === 'const' ? scaled(1 << Number(b!.value)) : null;
      case 'mul':
        if (b!.op === 'const') return scaled(Number(b!.value));
        return this.byInvariant(a!, b!) ?? this.byInvariant(b!, a!);
      default:
        return null;
    }
  }

  /** What grows by a constant, times an invariant, grows by a multiple of the invariant. */
  private byInvariant(counter: Node, factor: Node): Evolution | null {
    const f = resolve(factor);
    const e = this.of(counter);
    if (!e || this.inside(f) || !isConstantForm(e.step) || e.step.constant === 0) return null;
    const { products } = this;
    if (!isConstantForm(e.base) && !products) return null;
    const times = (form: Linear): Linear =>
      isConstantForm(form) ? multiple(f, form.constant) : multiple(products!.of(form, f), 1);
    return { base: times(e.base), step: times(e.step) };
  }

  /** A phi of the header that every iteration adds an invariant to. */
  private induction(phi: Node): Evolution | null {
    const { header, blocks } = this.loop;
    let next: Node | null = null;
    let initial: Node | null = null;
    for (let i = 0; i < phi.args.length; i++) {
      const value = resolve(phi.args[i]!);
      if (blocks.has(header.preds[i]!.from)) {
        if (next && next !== value) return null;
        next = value;
      } else {
        if (initial && initial !== value) return null;
        initial = value;
      }
    }
    if (!next || !initial) return null;
    const step = this.difference(next, phi, 0) ?? this.peeled(next, initial);
    if (!step) return null;
    return { base: this.invariant(initial), step };
  }

  /** The step of what each round works out anew for the next one, and which begins a step before that (simplify_peeled_chrec). */
  private peeled(next: Node, initial: Node): Linear | null {
    const e = this.of(next);
    if (!e || isZeroForm(e.step)) return null;
    const begin = addForms(expanded(this.invariant(initial)), expanded(e.step));
    return formKey(begin) === formKey(expanded(e.base)) ? e.step : null;
  }

  /** next - phi as an invariant form. */
  private difference(node: Node, phi: Node, depth: number): Linear | null {
    const n = resolve(node);
    if (n === phi) return constantForm(0);
    if (depth > 8 || !this.inside(n)) return null;
    if (this.roundsOf && n.block.loop !== this.loop) return this.behindLoop(n, phi, depth);
    const [a, b] = n.args;
    const outside = (x: Node) => (x.op === 'const' || !this.inside(x) ? this.invariant(x) : null);
    if (n.op === 'add') {
      for (const [x, y] of [
        [a!, b!],
        [b!, a!],
      ] as const) {
        const rest = outside(resolve(y));
        if (!rest) continue;
        const d = this.difference(x, phi, depth + 1);
        if (d) return addForms(d, rest);
      }
    }
    if (n.op === 'sub') {
      const rest = outside(resolve(b!));
      const d = rest && this.difference(a!, phi, depth + 1);
      if (d) return addForms(d, rest, -1);
    }
    return null;
  }

  /** What an inner loop has made of a value by its end. */
  private behindLoop(n: Node, phi: Node, depth: number): Linear | null {
    let inner = n.block.loop;
    while (inner && inner.parent !== this.loop) inner = inner.parent;
    const rounds = inner && this.roundsOf!(inner);
    if (!inner || !rounds) return null;
    const e = new Evolutions(inner, this.roundsOf).of(n);
    if (!e || !isConstantForm(e.step) || e.base.terms.size !== 1) return null;
    const [[from, factor]] = [...e.base.terms] as [[Node, number]];
    const before = factor === 1 ? this.difference(from, phi, depth + 1) : null;
    const more = e.base.constant + e.step.constant * (rounds - 1);
    return before && addForms(before, constantForm(more));
  }
}

/** Sums and multiples of a form as those of what they are made of; a shift, which is no multiplication there, is a value (tree_to_aff_combination_expand). */
function expanded(form: Linear): Linear {
  let result = constantForm(form.constant);
  for (const [n, k] of form.terms) result = addForms(result, expandedValue(n, 0), k);
  return result;
}

/** Sums deeper than this are not looked into. */
const deepestSum = 8;

function expandedValue(node: Node, depth: number): Linear {
  const n = resolve(node);
  if (n.op === 'const') return constantForm(Number(n.value));
  const part = (i: number): Linear => expandedValue(n.args[i]!, depth + 1);
  const by = n.args[1] && resolve(n.args[1]);
  if (depth < deepestSum && n.type === 'i32') {
    if (n.op === 'add') return addForms(part(0), part(1));
    if (n.op === 'sub') return addForms(part(0), part(1), -1);
    if (n.op === 'shl' && by?.op === 'const' && resolve(n.args[0]!).op === 'const')
      return constantForm(part(0).constant << Number(by.value));
    if (n.op === 'mul' && by?.op === 'const') return addForms(constantForm(0), part(0), Number(by.value));
  }
  return multiple(n, 1);
}

/** Whether a value is a sum of another. */
export const addsTo = (phi: Node, n: Node, depth = 0): boolean =>
  n === phi ||
  (depth < deepestSum && /^(add|sub)$/.test(n.op) && n.args.some((a) => addsTo(phi, resolve(a), depth + 1)));

/** Builds a form as nodes; terms that come first are added first. */
export function materialize(
  g: Graph,
  form: Linear,
  make: Make,
  late: (n: Node) => boolean = () => false,
): Node {
  const terms = [...form.terms].sort(([x], [y]) => Number(late(x)) - Number(late(y)) || x.id - y.id);
  const term = (node: Node, k: number): Node => {
    if (k === 1) return node;
    const magnitude = Math.abs(k);
    const multiple =
      magnitude === 1
        ? node
        : (magnitude & (magnitude - 1)) === 0
          ? make('shl', 'i32', [node, g.constant('i32', BigInt(Math.log2(magnitude)))])
          : make('mul', 'i32', [node, g.constant('i32', BigInt(magnitude))]);
    return k < 0 ? make('sub', 'i32', [g.constant('i32', 0n), multiple]) : multiple;
  };
  let sum: Node | null = null;
  let constant = form.constant;
  const positive = terms.filter(([, k]) => k > 0);
  const negative = terms.filter(([, k]) => k < 0);
  for (const [node, k] of positive) {
    // The constant joins what varies least, as gcc's affine combinations do.
    if (sum && constant !== 0 && late(node)) {
      sum = make('add', 'i32', [sum, g.constant('i32', BigInt(constant))]);
      constant = 0;
    }
    const value = term(node, k);
    sum = sum ? make('add', 'i32', [sum, value]) : value;
  }
  for (const [node, k] of negative) {
    if (!sum) {
      sum = g.constant('i32', BigInt(constant));
      constant = 0;
    }
    sum = make('sub', 'i32', [sum, term(node, -k)]);
  }
  if (!sum) return g.constant('i32', BigInt(constant));
  return constant === 0 ? sum : make('add', 'i32', [sum, g.constant('i32', BigInt(constant))]);
}
