/**
 * Runs a module over affine forms instead of numbers, every function in the context of each of its calls, and hands each
 * memory access to `record` with the range of its address. Memory itself is not followed: a load gives whatever its width
 * allows. Loops run twice: once over fresh symbols for a claim
 * of what holds at their head (see loop-head.ts), once to prove the claim and for the record.
 */
import type { Instruction, WasmFunction, WasmModule } from '../../../common/wasm/module.ts';
import { variable, type Symbol } from './affine.ts';
import { applyClaims, claimHeads, holds } from './loop-head.ts';
import { choose } from './choice.ts';
import { anything, binary, constantValue, loaded, truth, unary } from './operators.ts';
import { FULL_RANGE, UNSIGNED, unsigned } from './range.ts';
import { assume, copyState, integerRange, join, settled, Symbols, type State } from './state.ts';
import { bodyTree, isBlock, type BlockNode, type Node } from './tree.ts';
import { negate, UNKNOWN, type Value } from './value.ts';

/** Instructions interpreted before the analysis gives up: a second or two. */
const STEP_LIMIT = 20_000_000;

/** Thrown to give up: too much work, or recursion. The caller then knows nothing, which is always right. */
export class GaveUp extends Error {}

export type Recorder = (access: Instruction, address: { lo: number; hi: number }) => void;

interface Label {
  kind: 'block' | 'loop' | 'if' | 'function';
  arity: number;
  /** Stack height below the block. */
  height: number;
  arrivals: State[];
}

export class Interpreter {
  private readonly symbols = new Symbols();
  private readonly trees = new Map<WasmFunction, Node[]>();
  private readonly calls: WasmFunction[] = [];
  private readonly module: WasmModule;
  private readonly record: Recorder;
  private trial = 0;
  private steps = 0;
  private labels: Label[] = [];

  constructor(module: WasmModule, record: Recorder) {
    this.module = module;
    this.record = record;
  }

  /** Analyses a function that the host may call with any arguments. */
  root(f: WasmFunction): void {
    const outer: State = { locals: [], stack: [], ranges: new Map(), path: [], optimistic: false };
    this.call(
      f,
      f.type.params.map((type) => (type === 'i32' ? anything(this.symbols) : UNKNOWN)),
      outer,
    );
  }

  /** The results, or undefined when the function never returns. Narrows `outer.ranges` by what holds at its end. */
  private call(f: WasmFunction, args: Value[], outer: State): Value[] | undefined {
    if (this.calls.includes(f)) throw new GaveUp('recursion');
    const labels = this.labels;
    this.calls.push(f);
    const body: Label = { kind: 'function', arity: f.type.results.length, height: 0, arrivals: [] };
    this.labels = [body];
    const locals = f.locals.map((type, i) => args[i] ?? (type === 'i32' ? constantValue(0) : UNKNOWN));
    const end = this.sequence(this.tree(f), { ...copyState(outer), locals, stack: [] });
    if (end) body.arrivals.push(end);
    const last = this.merge(body);
    this.labels = labels;
    this.calls.pop();
    if (!last) return undefined;
    outer.ranges = last.ranges;
    return last.stack.slice(last.stack.length - body.arity);
  }

  private tree(f: WasmFunction): Node[] {
    const known = this.trees.get(f) ?? bodyTree(f);
    this.trees.set(f, known);
    return known;
  }

  /** Runs nodes in order; undefined when the end is not reached. */
  private sequence(nodes: readonly Node[], state: State): State | undefined {
    let now: State | undefined = state;
    for (const node of nodes) {
      now = isBlock(node) ? this.block(node, now) : this.instruction(node, now);
      if (!now) return undefined;
    }
    return now;
  }

  private block(node: BlockNode, s: State): State | undefined {
    if (node.kind === 'loop') return this.loop(node, s);
    const condition = node.kind === 'if' ? truth(s.stack.pop()!) : undefined;
    const label: Label = { kind: node.kind, arity: node.arity, height: s.stack.length, arrivals: [] };
    this.labels.push(label);
    const other = node.kind === 'if' ? copyState(s) : undefined;
    if (!condition || assume(s, condition)) this.arrive(label, this.sequence(node.body, s));
    if (other && (!condition || assume(other, negate(condition))))
      this.arrive(label, this.sequence(node.otherwise, other));
    this.labels.pop();
    return this.merge(label);
  }

  private arrive(label: Label, s: State | undefined): void {
    if (s) label.arrivals.push(s);
  }

  private merge(label: Label): State | undefined {
    return label.arrivals.reduce<State | undefined>((a, b) => (a ? join(a, b, this.symbols) : b), undefined);
  }

  /** Sends a state to the label at a branch depth. */
  private branch(depth: number, s: State): void {
    const label = this.labels[this.labels.length - 1 - depth];
    const carried = label.arity === 0 ? [] : s.stack.slice(s.stack.length - label.arity);
    const locals = s.locals.map((v) => (v.affine ? { ...v, affine: settled(s, v.affine) } : v));
    label.arrivals.push({ ...s, locals, stack: [...s.stack.slice(0, label.height), ...carried] });
  }

  private loop(node: BlockNode, s: State): State | undefined {
    const sets = [...node.sets].filter((local) => s.locals[local].affine);
    for (const local of node.sets) if (!s.locals[local].affine) s.locals[local] = UNKNOWN;
    for (const optimistic of [true, false]) {
      const mark = this.symbols.mark;
      const trial = this.tryOut(node, s, sets, optimistic);
      const head = copyState(s);
      const claims = trial && claimHeads(s, trial.back, trial.heads, mark, this.symbols);
      if (claims) applyClaims(head, claims);
      const arrived = this.arrivals();
      const turn = this.turn(node, copyState(head));
      if (!claims || !turn.back || !optimistic || holds(s, head, turn.back, claims, mark)) return turn.end;
      // The guess was wrong: forget where this turn led and try again without guessing.
      this.forget(arrived);
    }
    throw new Error('a loop that is analysed without guessing needs no proof');
  }

  /** Runs the body once with every local that it sets as a symbol of its own; where that comes back to the head. */
  private tryOut(node: BlockNode, s: State, sets: readonly number[], optimistic: boolean) {
    const heads = new Map<number, Symbol>();
    const trial = copyState(s);
    trial.optimistic ||= optimistic;
    for (const local of sets) {
      heads.set(local, this.symbols.fresh(FULL_RANGE));
      trial.locals[local] = { affine: variable(heads.get(local)!) };
    }
    const arrived = this.arrivals();
    this.trial++;
    const { back } = this.turn(node, trial);
    this.trial--;
    this.forget(arrived);
    return back && { back, heads };
  }

  private arrivals(): number[] {
    return this.labels.map((label) => label.arrivals.length);
  }

  private forget(arrived: readonly number[]): void {
    this.labels.forEach((label, i) => (label.arrivals.length = arrived[i]));
  }

  /** One pass over a loop's body: the states that go back to its head, and the one that falls out at its end. */
  private turn(node: BlockNode, s: State): { back: State | undefined; end: State | undefined } {
    const label: Label = { kind: 'loop', arity: node.arity, height: s.stack.length, arrivals: [] };
    this.labels.push(label);
    const end = this.sequence(node.body, s);
    this.labels.pop();
    return { back: this.merge(label), end };
  }

  private instruction(i: Instruction, s: State): State | undefined {
    if (++this.steps > STEP_LIMIT) throw new GaveUp('too many steps');
    const { stack } = s;
    switch (i.name) {
      case 'nop':
        return s;
      case 'drop':
        stack.pop();
        return s;
      case 'i32.const':
        stack.push(constantValue(Number(i.value)));
        return s;
      case 'local.get':
        stack.push(s.locals[i.index]);
        return s;
      case 'local.set':
        s.locals[i.index] = stack.pop()!;
        return s;
      case 'local.tee':
        s.locals[i.index] = stack.at(-1)!;
        return s;
      case 'global.get':
        stack.push(this.global(i.index));
        return s;
      case 'global.set':
        stack.pop();
        return s;
      case 'select':
        return this.select(s);
      case 'br':
        this.branch(i.index, s);
        return undefined;
      case 'br_if':
        return this.branchIf(i.index, s);
      case 'br_table':
        stack.pop();
        for (const depth of new Set(i.labels)) this.branch(depth, copyState(s));
        return undefined;
      case 'return':
        this.branch(this.labels.length - 1, s);
        return undefined;
      case 'unreachable':
        return undefined;
      case 'call':
        return this.callNode(i.index, s);
      default:
        return this.operate(i, s);
    }
  }

  private global(index: number): Value {
    const global = this.module.globals[index];
    if (global?.type !== 'i32') return UNKNOWN;
    return global.mutable || global.value === undefined
      ? anything(this.symbols)
      : constantValue(Number(global.value));
  }

  private select(s: State): State {
    const condition = truth(s.stack.pop()!);
    const no = s.stack.pop()!;
    const yes = s.stack.pop()!;
    s.stack.push(choose(s, condition, yes, no, this.symbols));
    return s;
  }

  private branchIf(depth: number, s: State): State | undefined {
    const condition = truth(s.stack.pop()!);
    const taken = copyState(s);
    if (!condition || assume(taken, condition)) this.branch(depth, taken);
    return !condition || assume(s, negate(condition)) ? s : undefined;
  }

  private callNode(index: number, s: State): State | undefined {
    const f = this.module.functions.find((candidate) => candidate.index === index);
    if (!f) throw new GaveUp('a call of an import');
    const args = s.stack.splice(s.stack.length - f.type.params.length);
    const results = this.call(
      f,
      args.map((v) => (v.affine ? { affine: v.affine } : v)),
      s,
    );
    if (!results) return undefined;
    s.stack.push(...results);
    return s;
  }

  private operate(i: Instruction, s: State): State {
    const { stack } = s;
    const access = /^[if](32|64)\.(load|store)/.exec(i.name);
    if (access) {
      const value = access[2] === 'store' ? stack.pop() : undefined;
      const address = stack.pop()!;
      if (this.trial === 0) this.touch(i, address, s);
      if (!value) stack.push(loaded(i.name, this.symbols));
      return s;
    }
    const effect = stackEffect(i.name);
    const args = stack.splice(stack.length - effect.pops);
    const result =
      effect.pops === 2
        ? binary(s, i.name, args[0], args[1], this.symbols)
        : effect.pops === 1
          ? unary(s, i.name, args[0], this.symbols)
          : undefined;
    if (effect.result === 'i32') stack.push(result ?? anything(this.symbols));
    else if (effect.result === 'other') stack.push(UNKNOWN);
    return s;
  }

  private touch(i: Instruction, address: Value, s: State): void {
    const r = address.affine && unsigned(integerRange(s, address.affine));
    this.record(i, r ?? UNSIGNED);
  }
}

/** What an operator without immediates takes and gives. Only what kernels use; the rest gives up. */
function stackEffect(name: string): { pops: number; result: 'i32' | 'other' | 'none' } {
  const [type, op] = name.split('.');
  if (name === 'memory.size') return { pops: 0, result: 'i32' };
  if (name === 'memory.grow') return { pops: 1, result: 'i32' };
  if (name === 'memory.fill' || name === 'memory.copy') return { pops: 3, result: 'none' };
  if (op === 'const') return { pops: 0, result: 'other' };
  if (!op || !/^[if](32|64)$/.test(type)) throw new GaveUp(name);
  if (/^(eqz|eq|ne|[lg][te](_[su])?)$/.test(op)) return { pops: op === 'eqz' ? 1 : 2, result: 'i32' };
  const result = type === 'i32' ? 'i32' : 'other';
  if (/^(add|sub|mul|div|rem|and|or|xor|shl|shr|rotl|rotr|min|max|copysign)(_[su])?$/.test(op))
    return { pops: 2, result };
  return { pops: 1, result };
}
