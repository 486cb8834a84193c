/** Puts the chosen induction variables into the loop and serves its uses by them. */
import { resolve, type Block, type Graph, type LoopNode, type Node } from '../ir.ts';
import {
  addForms,
  addsTo,
  constantForm,
  isConstantForm,
  isZeroForm,
  materialize,
  type Linear,
} from '../linear.ts';
import { hasEffect } from '../optimize.ts';
import type { Products } from '../products.ts';
import { isComparison, simplify, type Make } from '../simplify.ts';
import { dominates } from '../structure.ts';
import { maskOf } from './narrow-values.ts';
import { inOrder, isBehind } from './order.ts';
import { before } from './starts.ts';
import type { Candidate, End } from './candidates.ts';
import type { Costs, Service } from './costs.ts';
import { isAccess, type Group, type Use } from './uses.ts';
import type { Users } from '../users.ts';

/** A use with what serves it, settled before anything moves. */
interface Served {
  use: Use;
  candidate: Candidate;
  moved: boolean;
  ratio: number;
  rest: Linear;
  /** What a comparison compares the candidate with instead. */
  bound: Linear | null;
  /** Its group's uses follow the access that steps the candidate. */
  steps: boolean;
}

interface Made {
  phi: Node;
  next: Node;
}

export class Rewriter {
  private readonly g: Graph;
  private readonly loop: LoopNode;
  private readonly users: Users;
  private readonly end: End;
  private readonly grows: (n: Node) => boolean;
  private readonly made = new Map<Candidate, Made>();
  private readonly outside: Make;
  private readonly products: Products;
  /** Checks with a use of their own. */
  private readonly checks = new Set<Node>();

  constructor(
    g: Graph,
    loop: LoopNode,
    users: Users,
    end: End,
    grows: (n: Node) => boolean,
    products: Products,
  ) {
    this.products = products;
    this.g = g;
    this.loop = loop;
    this.users = users;
    this.end = end;
    this.grows = grows;
    const preheader = loop.preheader!;
    this.outside = this.maker(preheader, () => preheader.nodes.length);
  }

  run(groups: readonly Group[], by: readonly Service[], costs: Costs): void {
    const served: Served[] = [];
    groups.forEach((group, i) => {
      const { candidate } = by[i]!;
      for (const use of group.uses) {
        if (use.test?.op.startsWith('guard')) this.checks.add(use.test);
        const d = costs.difference(use, candidate);
        served.push({
          use,
          candidate,
          moved: costs.isMoved(use, candidate),
          ratio: d?.ratio ?? 1,
          rest: d?.rest ?? constantForm(0),
          bound: use.kind === 'compare' ? costs.bound(use, candidate) : null,
          steps: candidate.use === use,
        });
      }
    });
    // Places are counted before anything moves, so steps beside accesses go in last to first.
    for (const c of new Set(by.map((s) => s.candidate))) this.create(c);
    for (const s of served) this.serve(s);
  }

  private readonly late = (n: Node): boolean =>
    this.loop.parent !== null && this.loop.parent.blocks.has(n.block) && n.op !== 'phi';

  private written(form: Linear, make: Make): Node {
    return materialize(this.g, this.products.made(form, this.outside), make, this.late);
  }

  private create(c: Candidate): void {
    if (c.phi && c.next) {
      this.keepStepping(c.phi, c.next, c.step);
      this.made.set(c, { phi: c.phi, next: c.next });
      return;
    }
    const { g, loop } = this;
    const wide = c.bits > 32;
    const type = wide ? 'i64' : 'i32';
    const phi = g.node(loop.header, 'phi', type, []);
    const step = wide ? g.constant('i64', BigInt(c.step.constant)) : this.written(c.step, this.outside);
    // The counter of ivcanon is stepped in front of the test that it is for.
    const own = c.kind === 'original' ? c.at?.block : undefined;
    const end = own ?? (c.kind === 'end' ? this.end.latch : (this.end.test ?? this.end.latch));
    const sum = g.node(end, 'add', type, [phi, step]);
    const next = c.bits < 32 ? g.node(end, 'and', type, [sum, this.mask(c)]) : sum;
    const initial = this.initial(c, this.start(c));
    phi.args = loop.header.preds.map((e) => (loop.blocks.has(e.from) ? next : initial));
    loop.header.phis.push(phi);
    if (c.use) {
      const access = c.use.accesses[0]!;
      const { nodes } = access.block;
      next.block = access.block;
      next.origin = access.origin;
      next.name = c.kind === 'before' ? 'preincrement' : '';
      nodes.splice(nodes.indexOf(access) + Number(c.kind === 'after'), 0, next);
    } else {
      const test = 'condition' in end.term ? resolve(end.term.condition) : null;
      const at = test && isComparison(test) ? end.nodes.indexOf(test) : -1;
      end.nodes.splice(at < 0 ? end.nodes.length : at, 0, ...new Set([sum, next]));
    }
    this.made.set(c, { phi, next });
  }

  /** What each round worked out anew grows from the round before instead (rewrite_use_nonlinear_expr). */
  private keepStepping(phi: Node, next: Node, step: Linear): void {
    if (addsTo(phi, next)) return;
    next.op = 'add';
    next.args = [phi, this.written(step, this.outside)];
    next.value = 0n;
  }

  private mask(c: Candidate): Node {
    return this.g.constant('i32', BigInt(maskOf(c.bits)));
  }

  private initial(c: Candidate, start: Node): Node {
    if (c.bits < 32) return this.outside('and', 'i32', [start, this.mask(c)]);
    return c.bits > 32 ? this.outside('zext', 'i64', [start]) : start;
  }

  private start(c: Candidate): Node {
    if (!c.like) return this.written(c.base, this.outside);
    return before(this.g, this.loop, this.outside, c.like.node, c.like.offset);
  }

  private serve(s: Served): void {
    const { use, candidate: c } = s;
    if (use.kind === 'compare') return this.test(s);
    const { phi, next } = this.made.get(c)!;
    if (c.kind === 'original' && (use.node === c.phi || use.node === c.next) && use.offset === 0) return;
    if (use.kind !== 'address' && use.offset === 0) return this.serveValue(s);
    // What several accesses use is made for those that one of them comes before.
    for (const accesses of inOrder(use.accesses)) {
      const [first] = accesses as [Node];
      const moved = s.moved && isBehind(first, next);
      const rest = s.moved && !moved ? addForms(s.rest, c.step, s.ratio) : s.rest;
      const make = this.maker(first.block, () => first.block.nodes.indexOf(first), first.origin);
      const made = this.multiple(c, moved ? next : phi, s.ratio, rest, make);
      this.access(use, accesses, made.value, made.rest, make);
    }
  }

  private serveValue(s: Served): void {
    const { use, candidate: c } = s;
    const { phi, next } = this.made.get(c)!;
    const leaves = use.kind === 'value' && this.isWantedOutside(use, next);
    let { rest } = s;
    // What the variable has just grown by comes off again: value numbering finds the variable itself.
    const stepped = addForms(rest, c.step);
    const undone = isConstantForm(c.step) ? stepped.constant === 0 : isZeroForm(stepped);
    const back = s.moved && !leaves && c.kind === 'original' && s.ratio === 1 && undone;
    if (back) rest = stepped;
    if (leaves && !s.moved) rest = addForms(rest, c.step, -s.ratio);
    const { node: place } = use;
    const { block } = place;
    let made = 0;
    // What leaves the loop is made of what the variable has become, and so behind that.
    const at =
      leaves && !isBehind(place, next)
        ? this.maker(next.block, () => next.block.nodes.indexOf(next) + ++made, place.origin)
        : this.maker(block, () => (place.op === 'phi' ? made++ : block.nodes.indexOf(place)), place.origin);
    const from = (s.moved || leaves) && !back ? next : phi;
    const { value, rest: left } = this.multiple(c, from, s.ratio, rest, at);
    this.replace(use, value, left, at);
  }

  /** The variable as often as a use wants it, and what is left to add. */
  private multiple(
    c: Candidate,
    from: Node,
    ratio: number,
    rest: Linear,
    make: Make,
  ): { value: Node; rest: Linear } {
    let value: Node = c.bits > 32 ? make('wrap', 'i32', [from]) : from;
    const size = Math.abs(ratio);
    if (size !== 1) value = make('mul', 'i32', [value, this.g.constant('i32', BigInt(size))]);
    if (ratio > 0) return { value, rest };
    // What is known before the loop, less the variable.
    value = make('sub', 'i32', [this.written(rest, this.outside), value]);
    return { value, rest: constantForm(0) };
  }

  /** The invariant part is added first, in the loop, the constant last. */
  private sum(value: Node, rest: Linear, make: Make): Node {
    const sum = this.invariant(value, { terms: rest.terms, constant: 0 }, make);
    return rest.constant === 0
      ? sum
      : make('add', 'i32', [sum, this.g.constant('i32', BigInt(rest.constant))]);
  }

  /** The invariant part is made in the loop, too: what becomes of it is settled later (loop-sums.ts). */
  private invariant(value: Node, rest: Linear, make: Make, makeInvariant = make): Node {
    if (isZeroForm(rest)) return value;
    const added = isConstantForm(rest)
      ? this.g.constant('i32', BigInt(rest.constant))
      : this.written(rest, makeInvariant);
    return make('add', 'i32', [value, added]);
  }

  /** Accesses take the constant as their offset. */
  private access(use: Use, accesses: readonly Node[], value: Node, rest: Linear, make: Make): void {
    // With an index register there is no offset: what is added is one invariant.
    const indexed = rest.terms.size > 0 && use.kind === 'address';
    const sum = this.invariant(
      value,
      indexed ? rest : { terms: rest.terms, constant: 0 },
      make,
      indexed ? this.outside : make,
    );
    for (const access of accesses) {
      const pointer = resolve(access.args[0]!);
      access.offset = indexed ? 0 : rest.constant;
      if (pointer === use.node) access.args = [sum, ...access.args.slice(1)];
      else {
        const base = resolve(pointer.args[0]!);
        const at = access.block;
        const address = this.maker(at, () => at.nodes.indexOf(access), access.origin)('address', 'i32', [
          base,
          sum,
        ]);
        access.args = [address, ...access.args.slice(1)];
      }
    }
  }

  /** Whether a value is wanted only behind the loop, and only where the variable has gone on. */
  private isWantedOutside({ node, accesses }: Use, next: Node): boolean {
    if (accesses.length > 0) return false;
    return (this.users.get(node) ?? []).every((u) => {
      if (!('op' in u)) return dominates(next.block, u);
      if (this.grows(u)) return true;
      if (this.loop.blocks.has(u.block)) return false;
      const ways = u.block.preds.filter((_, i) => resolve(u.args[i] ?? u) === node);
      return u.op === 'phi'
        ? ways.every((e) => dominates(next.block, e.from))
        : dominates(next.block, u.block);
    });
  }

  /** Every other user of the value takes the new one. */
  private replace(use: Use, value: Node, rest: Linear, make: Make): void {
    const { node } = use;
    let sum: Node | null = null;
    const made = (): Node => (sum ??= this.sum(value, rest, make));
    for (const user of this.users.get(node) ?? []) {
      if ('op' in user) {
        if (this.isOfInduction(user, node) || this.isServedApart(user)) continue;
        // An access at another offset is a use of its own.
        const apart = isAccess(user) && !use.accesses.includes(user);
        user.args = user.args.map((a, i) => (resolve(a) === node && !(apart && i === 0) ? made() : a));
      } else {
        const { term } = user;
        if (term.kind === 'return') term.values = term.values.map((v) => (resolve(v) === node ? made() : v));
      }
    }
  }

  private isOfInduction(user: Node, node: Node): boolean {
    if (user.op === 'phi' && user.block === this.loop.header)
      return this.grows(user) && this.loop.blocks.has(node.block);
    return this.grows(user);
  }

  /** Comparisons with the value have uses of their own. */
  private isServedApart(user: Node): boolean {
    if (!this.loop.blocks.has(user.block)) return false;
    if (user.op.startsWith('guard')) return this.checks.has(user);
    return isComparison(user);
  }

  private test(s: Served): void {
    const { use, candidate: c } = s;
    const test = use.test!;
    const { phi, next } = this.made.get(c)!;
    if (c.kind === 'original' && c.phi && (use.node === c.phi || use.node === c.next)) return;
    const from = s.moved ? next : phi;
    if (s.bound && use.branch) {
      const { term } = use.branch;
      if (term.kind !== 'branch') return;
      const stays = this.loop.blocks.has(term.edges[0].to);
      const limit = materialize(this.g, this.products.made(s.bound, this.outside), this.outside);
      const block = use.branch;
      // Made as it is: folding would move the test back to the value before the step.
      const compared = c.bits > 32 ? this.g.constant('i64', BigInt(s.bound.constant)) : limit;
      const replaced = this.g.node(block, stays ? 'ne' : 'eq', 'i32', [from, compared], {
        origin: test.origin,
      });
      const at = isComparison(test) ? block.nodes.indexOf(test) : -1;
      block.nodes.splice(
        at < 0 ? block.nodes.length : Math.max(at, block.nodes.indexOf(from) + 1),
        0,
        replaced,
      );
      term.condition = replaced;
      // No loop around this one is to find a use in what it asked before.
      if (isComparison(test) && (this.users.get(test) ?? []).length <= 1)
        test.block.nodes = test.block.nodes.filter((n) => n !== test);
      return;
    }
    // What an inner loop compares with is made before it (loop-invariant.cc).
    const inner = this.beforeInner(test.block);
    const block = inner ?? (test === use.node ? use.branch! : test.block);
    const make = this.maker(
      block,
      () => (block === test.block && test !== use.node ? block.nodes.indexOf(test) : block.nodes.length),
      test.origin,
    );
    if (use.bits > 32) return this.check(s, from, make);
    const multiple = this.multiple(c, from, s.ratio, s.rest, make);
    const value = this.sum(multiple.value, multiple.rest, make);
    if (inner && value.block === inner) value.inner = true;
    if (test === use.node) {
      const { term } = use.branch!;
      if ('condition' in term) term.condition = value;
    } else test.args = test.args.map((a) => (resolve(a) === use.node ? value : a));
  }

  /** Where the outermost loop inside this one is entered that a block is in. */
  private beforeInner(block: Block): Block | null {
    let found: Block | null = null;
    for (let l = block.loop; l && l !== this.loop; l = l.parent) found = l.preheader;
    return found;
  }

  /** A check of 64 bits compares the variable itself, or its sum with what is missing. */
  private check({ use, ratio, rest }: Served, from: Node, make: Make): void {
    const test = use.test!;
    const size = Math.abs(ratio);
    let value = size === 1 ? from : make('mul', 'i64', [from, this.g.constant('i64', BigInt(size))]);
    if (!isZeroForm(rest) || ratio < 0) {
      const more = isConstantForm(rest)
        ? this.g.constant('i64', BigInt(rest.constant))
        : this.outside('sext', 'i64', [this.written(rest, this.outside)]);
      value = ratio < 0 ? make('sub', 'i64', [more, value]) : make('add', 'i64', [value, more]);
    }
    if (test.name !== 'counted') test.op = 'guard64';
    test.args = [value, resolve(test.args[1]!)];
  }

  private maker(block: Block, at: () => number, origin = block.origin): Make {
    const make: Make = (op, type, args, extra = {}) => {
      const node = this.g.node(block, op, type, args.map(resolve), { ...extra, origin });
      const simpler = simplify(this.g, node, make);
      if (simpler) return simpler;
      if (block === this.loop.preheader) {
        const twin = block.nodes.find((n) => isSame(n, node));
        if (twin) return twin;
      }
      block.nodes.splice(at(), 0, node);
      return node;
    };
    return make;
  }
}

const isSame = (n: Node, node: Node): boolean =>
  n.op === node.op &&
  n.name === node.name &&
  !hasEffect(n) &&
  n.op !== 'load' &&
  n.args.length === node.args.length &&
  n.args.every((a, i) => resolve(a) === node.args[i]);
