/**
 * Choice of induction variables, after gcc's tree-ssa-loop-ivopts: every use of a value that grows by a constant each
 * iteration may be served by any candidate variable; the set with the least cost wins.
 *
 * Facts of the target that matter (gcc 12, config/arm): ARM counts as strictly aligned, so only byte accesses are address
 * uses (with pre-increment and offsets); wider accesses, which wasm2c makes unaligned, are plain values. An addition
 * costs 4; an address [reg] 6, [reg,#imm] 2, [reg,reg] 4, [reg,reg lsl] 3, auto-increment 0; 14 registers, 3 reserved.
 */
import { isConst, resolve, type Block, type Graph, type LoopNode, type Node } from './ir.ts';
import {
  addForms,
  constantForm,
  Evolutions,
  formKey,
  isConstantForm,
  isZeroForm,
  materialize,
  type Evolution,
  type Linear,
} from './linear.ts';
import { hasEffect } from './optimize.ts';
import { isComparison, simplify, type Make } from './simplify.ts';
import { dominates } from './structure.ts';

const addition = 4;
const availableRegisters = 14;
const reservedRegisters = 3;
const registerCost = 4;
const spillCost = 12;
/** Iterations of a loop that nothing is known about (--param avg-loop-niter). */
const averageIterations = 10;

interface Use {
  kind: 'address' | 'value' | 'compare';
  /** The value; for a comparison, the comparison itself. */
  node: Node;
  base: Linear;
  step: number;
  /** The step where it is not a constant but an invariant; `step` is 0 then. */
  form: Linear | null;
  /** Offsets of the accesses of an address use. */
  offsets: number[];
  accesses: Node[];
  /** Bound of a comparison. */
  bound?: Linear;
  weight: number;
  /** Only wanted after the loop. */
  outside: boolean;
}

interface Candidate {
  base: Linear;
  step: number;
  form: Linear | null;
  /**
   * Where it is stepped: at the end of an iteration, or just before an access with the access's help. `countdown` is
   * the variable that gcc's ivcanon pass adds to loops with a constant number of iterations.
   */
  kind: 'end' | 'before' | 'countdown';
  use?: Use;
  original?: Node;
}

interface Service {
  cost: number;
  /** Invariant expressions that must stay in registers. */
  invariants: string[];
}

const infinite: Service = { cost: Infinity, invariants: [] };

export function chooseInductionVariables(g: Graph, trips: ReadonlyMap<Block, number>): void {
  for (const loop of g.loops.toSorted((a, b) => b.depth - a.depth)) {
    if (loop.preheader) new LoopOptimizer(g, loop, trips.get(loop.header) ?? averageIterations).run();
  }
}

class LoopOptimizer {
  private readonly g: Graph;
  private readonly loop: LoopNode;
  private readonly evolutions: Evolutions;
  private readonly users = new Map<Node, (Node | Block)[]>();
  private readonly iterations: number;
  private oldRegisters = 0;

  constructor(g: Graph, loop: LoopNode, iterations: number) {
    this.iterations = iterations;
    this.g = g;
    this.loop = loop;
    this.evolutions = new Evolutions(loop);
  }

  run(): void {
    this.collectUsers();
    const uses = this.collectUses();
    if (uses.length === 0) return;
    const candidates = this.collectCandidates(uses);
    this.countOldRegisters(uses);
    const chosen = this.choose(uses, candidates);
    if (chosen) this.rewrite(uses, chosen);
  }

  private collectUsers(): void {
    const add = (value: Node, user: Node | Block) => {
      const n = resolve(value);
      if (!this.users.has(n)) this.users.set(n, []);
      this.users.get(n)!.push(user);
    };
    for (const b of this.g.blocks) {
      for (const n of b.phis) for (const a of n.args) add(a, n);
      for (const n of b.nodes) for (const a of n.args) add(a, n);
      if ('condition' in b.term) add(b.term.condition, b);
      if (b.term.kind === 'return') for (const v of b.term.values) add(v, b);
    }
  }

  private grows(n: Node): Evolution | null {
    const e = this.evolutions.inside(n) ? this.evolutions.of(n) : null;
    return e && !isZeroForm(e.step) ? e : null;
  }

  private collectUses(): Use[] {
    const uses: Use[] = [];
    for (const b of this.loop.blocks) {
      for (const n of [...b.phis, ...b.nodes]) {
        const evolution = this.grows(n);
        if (!evolution) continue;
        const users = (this.users.get(n) ?? []).filter((u) => !('op' in u) || !this.subsumes(u, n));
        if (users.length === 0) continue;
        const exit = users.filter((u) => 'op' in u && this.isExitTest(u));
        const rest = users.filter((u) => !exit.includes(u)) as Node[];
        const form = isConstantForm(evolution.step) ? null : evolution.step;
        const step = form ? 0 : evolution.step.constant;
        for (const test of exit as Node[]) {
          const other = resolve(test.args[0]!) === n ? test.args[1]! : test.args[0]!;
          const bound = this.evolutions.of(other);
          uses.push({
            kind: 'compare',
            node: test,
            base: evolution.base,
            step,
            form,
            offsets: [],
            accesses: [],
            weight: b.weight,
            outside: false,
            ...(bound ? { bound: bound.base } : {}),
          });
        }
        if (rest.length === 0) continue;
        const accesses = rest.filter(
          (u) => 'op' in u && (u.op === 'load' || u.op === 'store') && resolve(u.args[0]!) === n,
        );
        if (n.op === 'address' && accesses.length === rest.length) {
          if (accesses.every((a) => a.bytes === 1)) {
            const offsets = accesses.map((a) => a.offset);
            uses.push({
              kind: 'address',
              node: n,
              base: evolution.base,
              step,
              form,
              offsets,
              accesses,
              weight: b.weight,
              outside: false,
            });
            continue;
          }
        }
        const outside = rest.every((u) => !this.loop.blocks.has('op' in u ? u.block : u));
        uses.push({
          kind: 'value',
          node: n,
          base: evolution.base,
          step,
          form,
          offsets: [],
          accesses: [],
          weight: b.weight,
          outside,
        });
      }
    }
    // In the order of the statements that use them.
    const order = new Map<Node | Block, number>();
    for (const b of this.g.blocks) {
      for (const n of b.nodes) order.set(n, order.size);
      order.set(b, order.size);
    }
    const first = (u: Use) =>
      Math.min(
        ...(this.users.get(u.node) ?? []).map((x) => order.get(x) ?? Infinity),
        u.kind === 'compare' ? order.get(u.node)! : Infinity,
      );
    const at = new Map(uses.map((u) => [u, first(u)]));
    return uses.sort((x, y) => at.get(x)! - at.get(y)!);
  }

  /** Whether a user of a growing value is itself part of an induction variable's arithmetic. */
  private subsumes(user: Node, n: Node): boolean {
    if (user.op === 'phi')
      return (
        user.block === this.loop.header && this.evolutions.of(user) !== null && this.loop.blocks.has(n.block)
      );
    return this.grows(user) !== null;
  }

  /** A comparison of a growing value with an invariant that only decides whether the loop goes on. */
  private isExitTest(user: Node): boolean {
    if (!isComparison(user) || !this.evolutions.inside(user)) return false;
    const users = this.users.get(user) ?? [];
    const [only] = users;
    if (users.length !== 1 || !only || 'op' in only) return false;
    const { term } = only;
    if (term.kind !== 'branch' || term.edges.every((e) => this.loop.blocks.has(e.to))) return false;
    return user.args.some((a) => {
      const e = this.evolutions.of(a);
      return e !== null && isZeroForm(e.step);
    });
  }

  private collectCandidates(uses: readonly Use[]): Candidate[] {
    const candidates: Candidate[] = [];
    const seen = new Set<string>();
    const add = (c: Candidate) => {
      const key = `${c.kind}.${c.form ? formKey(c.form) : c.step}.${formKey(c.base)}.${c.kind === 'before' ? c.use!.node.id : ''}`;
      if (seen.has(key)) return;
      seen.add(key);
      candidates.push(c);
    };
    for (const phi of this.loop.header.phis) {
      const e = this.grows(phi);
      if (e) {
        const form = isConstantForm(e.step) ? null : e.step;
        add({ base: e.base, step: form ? 0 : e.step.constant, form, kind: 'end', original: phi });
      }
    }
    for (const use of uses) {
      if (use.kind === 'compare') continue;
      add({ base: use.base, step: use.step, form: use.form, kind: 'end' });
      if (!isConstantForm(use.base))
        add({ base: { terms: use.base.terms, constant: 0 }, step: use.step, form: use.form, kind: 'end' });
      if (use.kind === 'address' && Math.abs(use.step) === 1 && this.everyIteration(use.node.block)) {
        const first = addForms(use.base, constantForm(use.offsets[0]!));
        add({
          base: addForms(first, constantForm(use.step), -1),
          step: use.step,
          form: null,
          kind: 'before',
          use,
        });
      }
    }
    const test = uses.find((u) => u.kind === 'compare');
    const iterations = test ? this.constantIterations(test) : null;
    if (iterations !== null) add({ base: constantForm(iterations), step: -1, form: null, kind: 'countdown' });
    return candidates.slice(0, 60);
  }

  /** Iterations of a loop that counts from a constant to a constant. */
  private constantIterations(test: Use): number | null {
    if (!test.bound || test.form || !isConstantForm(test.bound) || !isConstantForm(test.base)) return null;
    const n = Math.ceil((test.bound.constant - test.base.constant) / test.step) + 1;
    return n >= 1 && n < 1e9 ? n : null;
  }

  private everyIteration(b: Block): boolean {
    const latches = this.loop.header.preds.filter((e) => this.loop.blocks.has(e.from));
    return latches.every((e) => dominates(b, e.from));
  }

  /** Registers that the loop needs apart from induction variables: other phis, and invariants that are used as such. */
  private countOldRegisters(uses: readonly Use[]): void {
    const invariants = new Set<Node>();
    const growing = new Set(uses.map((u) => u.node));
    for (const b of this.loop.blocks)
      for (const n of b.nodes) {
        if (growing.has(n) || this.grows(n)) continue;
        for (const a of n.args) if (a.op !== 'const' && !this.evolutions.inside(a)) invariants.add(a);
      }
    const phis = this.loop.header.phis.filter((p) => !this.grows(p));
    this.oldRegisters = phis.length + invariants.size;
  }

  private setup(form: Linear): number {
    // A linear form costs one operation a term and one for the constant, an evident copy at least.
    let operations = form.terms.size - 1 + (form.constant !== 0 && form.terms.size ? 1 : 0);
    for (const k of form.terms.values()) if (k !== 1) operations++;
    return Math.max(1, operations) * addition;
  }

  private candidateCost(c: Candidate): number {
    return addition + Math.floor(this.setup(c.base) / this.iterations) + (c.original ? 0 : 1);
  }

  private service(use: Use, c: Candidate): Service {
    if (use.kind === 'compare') return this.compareService(use, c);
    if (c.kind === 'countdown') return infinite;
    if (c.original && use.node === this.stepsAt(c.original)) return { cost: 0, invariants: [] };
    if (use.form || c.form) {
      if (!use.form || !c.form || formKey(use.form) !== formKey(c.form) || use.kind === 'address')
        return infinite;
    } else if (c.step !== use.step && (use.step % c.step !== 0 || use.kind === 'address')) return infinite;
    const ratio = c.form ? 1 : use.step / c.step;
    const scaled = addForms(constantForm(0), c.base, ratio);
    const shift = ratio === 1 ? 0 : addition;
    const own = c.kind === 'before' && c.use === use;
    // A candidate stepped before an access has moved on by one step for everything after it.
    const moved = own || this.isMoved(c, use) ? (c.form ?? constantForm(c.step * ratio)) : constantForm(0);
    const d = addForms(addForms(use.base, scaled, -1), moved, -1);
    if (use.kind === 'value') {
      if (isZeroForm(d)) return { cost: shift, invariants: [] };
      if (isConstantForm(d)) return { cost: addition + shift, invariants: [] };
      const simple = d.terms.size === 1 && d.constant === 0;
      return {
        cost: addition + shift + (simple ? 0 : Math.floor(this.setup(d) / this.iterations)),
        invariants: [formKey(d)],
      };
    }
    let cost = 0;
    const invariants: string[] = [];
    use.offsets.forEach((o, i) => {
      const at = addForms(d, constantForm(o));
      if (own && i === 0) cost += isZeroForm(at) ? -addition : Infinity;
      else if (isConstantForm(at)) {
        const fits = at.constant > -256 && at.constant < 4096;
        cost += at.constant === 0 ? 6 : fits ? 2 : addition + 6;
      } else {
        const simple = at.terms.size === 1 && at.constant === 0;
        cost += 4 + (simple ? 0 : Math.ceil(this.setup(at) / this.iterations));
        invariants.push(formKey(at));
      }
    });
    return { cost, invariants };
  }

  private isMoved(c: Candidate, use: Use): boolean {
    if (use.outside) return true;
    if (c.kind !== 'before') return false;
    const { block } = use.node;
    const access = c.use!.accesses[0]!;
    if (access.block === block) return block.nodes.indexOf(access) < block.nodes.indexOf(use.node);
    return dominates(access.block, block);
  }

  private compareService(use: Use, c: Candidate): Service {
    if (c.kind === 'countdown') return { cost: -1.5, invariants: [] };
    const bound = this.eliminatedBound(use, c);
    if (bound) {
      if (isConstantForm(bound)) return { cost: 0, invariants: [] };
      return {
        cost: Math.floor(this.setup(bound) / this.iterations),
        invariants: [`bound ${formKey(bound)}`],
      };
    }
    if (c.step !== use.step || formKey(c.form ?? constantForm(0)) !== formKey(use.form ?? constantForm(0)))
      return infinite;
    const d = addForms(use.base, c.base, -1);
    return isZeroForm(d)
      ? { cost: 0, invariants: [] }
      : { cost: addition, invariants: isConstantForm(d) ? [] : [formKey(d)] };
  }

  /** What a candidate is compared with instead of the use's value; null when the test cannot be put on it. */
  private eliminatedBound(use: Use, c: Candidate): Linear | null {
    if (!use.bound || use.form || c.form) return null;
    const way = addForms(use.bound, use.base, -1);
    if (c.kind === 'countdown') return constantForm(0);
    // The test is made on the stepped value; the candidate stands at the same step after its own step.
    const entry = addForms(c.base, constantForm(c.step));
    if (c.step % use.step === 0) return addForms(entry, way, c.step / use.step);
    if (isConstantForm(way) && (way.constant * c.step) % use.step === 0)
      return addForms(entry, constantForm((way.constant * c.step) / use.step));
    return null;
  }

  private total(uses: readonly Use[], set: readonly Candidate[]): { cost: number; by: Candidate[] } {
    let cost = 0;
    const invariants = new Set<string>();
    const by: Candidate[] = [];
    const used = new Set<Candidate>();
    for (const use of uses) {
      let best: Candidate | null = null;
      let service = infinite;
      for (const c of set) {
        const s = this.service(use, c);
        if (s.cost < service.cost || (s.cost === service.cost && best && !used.has(best) && used.has(c))) {
          best = c;
          service = s;
        }
      }
      if (!best || service.cost === Infinity) return { cost: Infinity, by };
      cost += service.cost;
      for (const i of service.invariants) invariants.add(i);
      by.push(best);
      used.add(best);
    }
    for (const c of used) cost += this.candidateCost(c);
    const fresh = invariants.size + used.size;
    const needed = fresh + this.oldRegisters;
    let pressure: number;
    if (needed + reservedRegisters < availableRegisters) pressure = fresh;
    else if (needed <= availableRegisters) pressure = registerCost * needed;
    else pressure = registerCost * availableRegisters + spillCost * (needed - availableRegisters);
    return { cost: cost + pressure + used.size, by };
  }

  private choose(uses: readonly Use[], candidates: readonly Candidate[]): Candidate[] | null {
    const originals = candidates.filter((c) => c.original);
    let best = originals;
    let cost = this.total(uses, best).cost;
    const consider = (set: Candidate[]): boolean => {
      const t = this.total(uses, set);
      if (t.cost >= cost - 1e-9) return false;
      cost = t.cost;
      best = [...new Set(t.by)];
      return true;
    };
    for (const c of candidates) consider([c]);
    for (let improved = true, round = 0; improved && round < 20; round++) {
      improved = false;
      for (const c of candidates) if (!best.includes(c) && consider([...best, c])) improved = true;
      for (const c of best.slice())
        if (best.length > 1 && consider(best.filter((x) => x !== c))) improved = true;
      for (const out of best.slice())
        for (const c of candidates)
          if (best.includes(out) && !best.includes(c) && consider([...best.filter((x) => x !== out), c]))
            improved = true;
    }
    if (cost === Infinity) return null;
    return this.total(uses, best).by;
  }

  private rewrite(uses: readonly Use[], by: readonly Candidate[]): void {
    const { g, loop } = this;
    const preheader = loop.preheader!;
    const outside = this.maker(preheader, () => preheader.nodes.length);
    const inner = (n: Node) => loop.parent !== null && loop.parent.blocks.has(n.block) && n.op !== 'phi';
    const made = new Map<Candidate, { phi: Node; next: Node }>();
    const latches = loop.header.preds.filter((e) => loop.blocks.has(e.from));
    if (latches.length !== 1) return;
    const latch = latches[0]!.from;
    const test = uses.find((u) => u.kind === 'compare');
    const end = test && this.everyIteration(test.node.block) ? test.node.block : latch;
    for (const c of new Set(by)) {
      if (c.original && this.stepsAt(c.original)) {
        made.set(c, { phi: c.original, next: this.stepsAt(c.original)! });
        continue;
      }
      const phi = g.node(loop.header, 'phi', 'i32', []);
      const step = c.form ? materialize(g, c.form, outside, inner) : g.constant('i32', BigInt(c.step));
      const next = g.node(end, 'add', 'i32', [phi, step]);
      const initial = materialize(g, c.base, outside, inner);
      phi.args = loop.header.preds.map((e) => (loop.blocks.has(e.from) ? next : initial));
      loop.header.phis.push(phi);
      if (c.kind === 'before') {
        const access = c.use!.accesses[0]!;
        next.block = access.block;
        next.origin = access.origin;
        access.block.nodes.splice(access.block.nodes.indexOf(access), 0, next);
        next.name = 'preincrement';
      } else {
        const at = test && end === test.node.block ? end.nodes.indexOf(test.node) : end.nodes.length;
        end.nodes.splice(at, 0, next);
      }
      made.set(c, { phi, next });
    }
    uses.forEach((use, i) => {
      const c = by[i]!;
      const { phi, next } = made.get(c)!;
      if (use.kind === 'compare') return this.rewriteTest(use, c, next, outside, inner);
      if (c.original === use.node || use.node === next) return;
      if (c.original && use.node === this.stepsAt(c.original)) return;
      const own = c.kind === 'before' && c.use === use;
      const moved = own || this.isMoved(c, use);
      const from = moved ? next : phi;
      const ratio = c.form ? 1 : use.step / c.step;
      const d = addForms(
        addForms(use.base, addForms(constantForm(0), c.base, ratio), -1),
        moved ? (c.form ?? constantForm(c.step * ratio)) : constantForm(0),
        -1,
      );
      const block = use.node.block;
      const at = () => (use.node.op === 'phi' ? 0 : block.nodes.indexOf(use.node));
      const make = this.maker(block, at, use.node.origin);
      let value: Node = from;
      if (ratio !== 1) value = make('mul', 'i32', [value, g.constant('i32', BigInt(ratio))]);
      if (own) {
        // The access keeps no offset of its own: the step before it has come to the address.
        const first = use.offsets[0]!;
        for (const access of use.accesses) access.offset -= first;
      } else if (!isZeroForm(d)) {
        // gcc adds the invariant part first and the constant last, in the loop, unless constant and invariants form one
        // difference.
        const difference = [...d.terms.values()].every((k) => k === -1);
        const apart = use.kind === 'value' && !difference && d.terms.size > 0;
        const invariant = apart ? { terms: d.terms, constant: 0 } : d;
        const rest = isConstantForm(invariant)
          ? g.constant('i32', BigInt(invariant.constant))
          : materialize(g, invariant, outside, inner);
        value = make('add', 'i32', [value, rest]);
        if (apart && d.constant !== 0)
          value = make('add', 'i32', [value, g.constant('i32', BigInt(d.constant))]);
      }
      this.replace(use.node, value);
    });
  }

  private rewriteTest(use: Use, c: Candidate, next: Node, outside: Make, inner: (n: Node) => boolean): void {
    const test = use.node;
    const bound = this.eliminatedBound(use, c);
    if (!bound || (c.original && test.args.includes(next))) return;
    const block = test.block;
    // Staying in the loop becomes "not yet equal".
    const branch = (this.users.get(test) ?? []).find((u): u is Block => !('op' in u))!;
    const { term } = branch;
    if (term.kind !== 'branch') return;
    const staysWhenTrue = this.loop.blocks.has(term.edges[0].to);
    const limit = materialize(this.g, bound, outside, inner);
    // Made as it is: folding would move the test back to the value before the step.
    const replaced = this.g.node(block, staysWhenTrue ? 'ne' : 'eq', 'i32', [next, limit], {
      origin: test.origin,
    });
    block.nodes.splice(block.nodes.indexOf(test), 0, replaced);
    term.condition = replaced;
  }

  /** The node that steps an original induction variable, where it is a plain addition. */
  private stepsAt(phi: Node): Node | null {
    const i = this.loop.header.preds.findIndex((e) => this.loop.blocks.has(e.from));
    const next = resolve(phi.args[i]!);
    return next.op === 'add' && resolve(next.args[0]!) === phi && isConst(next.args[1]!) ? next : null;
  }

  private maker(block: Block, at: () => number, origin = block.origin): Make {
    const make: Make = (op, type, args, extra = {}) => {
      const node = this.g.node(block, op, type, args.map(resolve), { ...extra, origin });
      const simpler = simplify(this.g, node, make);
      if (simpler) return simpler;
      const twin = block.nodes.find(
        (n) =>
          n.op === op &&
          !hasEffect(n) &&
          n.op !== 'load' &&
          n.args.length === node.args.length &&
          n.args.every((a, i) => resolve(a) === node.args[i]),
      );
      if (twin && block === this.loop.preheader) return twin;
      block.nodes.splice(at(), 0, node);
      return node;
    };
    return make;
  }

  /** Replaces a value for all users except the induction arithmetic itself. */
  private replace(node: Node, value: Node): void {
    if (node === value) return;
    for (const user of this.users.get(node) ?? []) {
      if ('op' in user) {
        if (this.subsumes(user, node) || this.isExitTest(user)) continue;
        user.args = user.args.map((a) => (resolve(a) === node ? value : a));
      } else {
        const { term } = user;
        if ('condition' in term && resolve(term.condition) === node) term.condition = value;
        if (term.kind === 'return') term.values = term.values.map((v) => (resolve(v) === node ? value : v));
      }
    }
  }
}
