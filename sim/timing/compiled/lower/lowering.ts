/**
 * What instruction selection keeps while it goes through a graph: the registers of values, constants and sums made so far, what the flags hold, and the
 * code of the block at hand. Instructions leave through `emit`.
 */
import type { DivisionCalls, FloatUnit } from '../../../cores/core.ts';
import type { CLibrary } from '../c-library.ts';
import { demandedHalves } from '../demand.ts';
import { hasEffect } from '../optimize.ts';
import { resolve, type Block, type Graph, type LoopNode, type Node } from '../ir.ts';
import {
  instruction,
  moveCost,
  type FloatFile,
  type Kind,
  type Machine,
  type MachineBlock,
} from '../machine.ts';
import { fileFor, isFloat, isInCore, makeConstant } from './float-values.ts';
import { Invariants, type Homes } from './invariants.ts';
import { operations, wideOperations } from './operations.ts';
import { dominates } from '../structure.ts';
import { signWord } from './widen.ts';
import type { WideResult } from '../whole-results.ts';

/** What is known of a function beside its graph. */
export interface Facts {
  /** Iterations of loops whose number constants say, by header. */
  trips: ReadonlyMap<Block, number>;
  /** Share of calls through tables that go elsewhere than the last one. */
  tableChanges: number;
  cLibrary: CLibrary;
  /** Doublings of 64 bits that are preferred to a shift by as many bits. */
  doublings: number;
  /** Additions of a shifted register that are preferred to a multiplication by a constant. */
  shiftAdds: number;
  floats: FloatUnit;
  divisionCalls?: DivisionCalls | undefined;
  /** A branch costs less than a condition as a value. */
  cheapBranches: boolean;
}

export class Lowering {
  readonly g: Graph;
  readonly registers = new Map<string, number>();
  /** Registers of the floating-point unit. */
  readonly files = new Map<number, FloatFile>();
  /** Products that sums take along (float.ts). */
  readonly fused = new Set<Node>();
  /** Values that were tested and are numbers, and the blocks that did (float-guarded.ts). */
  readonly numbers = new Map<Node, Set<Block>>();
  readonly constants = new Map<string, number>();
  /** Where addresses of variables were made. */
  private readonly symbols = new Map<number, Block[]>();
  readonly sums = new Map<string, number>();
  /** Ends of checks in 64 bits, by address and reach, where they were made. */
  readonly ends = new Map<string, { block: Block; low: number; high: number }[]>();
  /** Shifted words of the block at hand, by register and shift: made once (cse.cc). */
  readonly words = new Map<string, number>();
  /** Values that are made where they are used. */
  readonly lazy = new Set<Node>();
  /** Of these, what gcc expands with its user; where the others stand. */
  readonly replaced = new Set<Node>();
  readonly places = new Map<Node, number>();
  /** Statements that expand with a value (operand-order.ts). */
  readonly statements = new Map<Node, number>();
  readonly users = new Map<Node, readonly (Node | Block)[]>();
  readonly made = new Set<Node>();
  /** Words of 64-bit values that went along as shifted operands (wide-operand.ts). */
  readonly folded = new Set<string>();
  /** Steps of pointers that a load or store takes over. */
  readonly merged = new Map<Node, Node>();
  readonly blocks = new Map<Block, MachineBlock>();
  /** What a loop's blocks put before it. */
  readonly hoisted = new Map<Block, Machine[]>();
  /** The 64-bit counter that ends a loop, where a check made it the only one (check.ts): registers of its words, and where it ends. */
  readonly counters = new Map<LoopNode, { low: number; high: number; end: number }>();
  readonly invariants: Invariants;
  /** Iterations of loops whose number constants say, by header. */
  readonly trips: ReadonlyMap<Block, number>;
  /** How often calls through tables go elsewhere than the last one. */
  readonly tableChanges: number;
  readonly cLibrary: CLibrary;
  readonly doublings: number;
  readonly shiftAdds: number;
  readonly floats: FloatUnit;
  readonly divisionCalls: DivisionCalls | undefined;
  readonly cheapBranches: boolean;
  readonly instance: number;
  /** Values of 64 bits that stay whole: the upper word of each lower one. */
  readonly pairs = new Map<number, number>();
  /** What operations of 64 bits make of what. */
  readonly wides: WideResult[] = [];
  next = 0;
  block!: Block;
  /** The chance to come from the block's beginning to the node at hand. */
  passed = 1;
  code: Machine[] = [];
  origin = { f: 0, block: 0 };
  /** The comparison whose outcome the flags hold. */
  flags: Node | null = null;
  /** The block runs under a condition, see if-convert.ts. */
  predicated = false;
  private compared: number | null = null;
  private readonly halves: Map<Node, number>;
  private readonly parents: ReadonlySet<LoopNode>;

  constructor(
    g: Graph,
    { trips, tableChanges, cLibrary, doublings, shiftAdds, floats, divisionCalls, cheapBranches }: Facts,
    homes: Homes | null = null,
  ) {
    this.g = g;
    this.invariants = new Invariants(homes);
    this.trips = trips;
    this.tableChanges = tableChanges;
    this.cLibrary = cLibrary;
    this.doublings = doublings;
    this.shiftAdds = shiftAdds;
    this.floats = floats;
    this.divisionCalls = divisionCalls;
    this.cheapBranches = cheapBranches;
    this.halves = demandedHalves(g);
    this.instance = this.next++;
    this.parents = new Set(g.loops.flatMap((l) => (l.parent ? [l.parent] : [])));
  }

  emit(kind: Kind, text: string, defs: number[], uses: number[], extra: Partial<Machine> = {}): Machine {
    const m = instruction(kind, text, this.origin, { defs, uses, ...extra });
    this.code.push(m);
    if (m.setsFlags || kind === 'call' || kind === 'library') this.flags = null;
    return m;
  }

  fresh(): number {
    return this.next++;
  }

  freshFloat(file: FloatFile): number {
    const r = this.fresh();
    this.files.set(r, file);
    return r;
  }

  /** What vcmp leaves for vmrs, which instructions of the core do not touch. */
  get floatFlags(): number {
    return (this.compared ??= this.freshFloat('single'));
  }

  /** A register of the kind that a value lives in. */
  private freshFor(n: Node): number {
    return isFloat(n) && !isInCore(n) ? this.freshFloat(fileFor(n)) : this.fresh();
  }

  key(n: Node, half: number): string {
    return `${n.id}.${half}`;
  }

  set(n: Node, half: number, register: number): number {
    this.registers.set(this.key(n, half), register);
    return register;
  }

  needs(n: Node, half: number): boolean {
    return ((this.halves.get(n) ?? 3) & (1 << half)) !== 0 && !this.folded.has(this.key(n, half));
  }

  /** Whether a block lies in a loop that has no loop inside. */
  innermost(b: Block): boolean {
    return b.loop !== null && !this.parents.has(b.loop);
  }

  /** Register of a constant. One that gets none in the end is made again where it is used. */
  constant(value: number): number {
    const v = value | 0;
    return this.constantIn(this.invariants.homeOf(v, this.block, this.passed), v);
  }

  /** Register of the address of a variable: unlike numbers, it is a value that is not computed again where it was before (want_to_gcse_p). */
  symbol(address: number): number {
    const before = this.symbols.get(address)?.find((b) => dominates(b, this.block));
    if (before) return this.constantIn(before, address);
    const home = this.invariants.homeOf(address, this.block, this.passed);
    this.symbols.set(address, [...(this.symbols.get(address) ?? []), home]);
    return this.constantIn(home, address);
  }

  /** The block in which a sum is made that is used here: before the loops that its operands come from before (loop-invariant.cc). */
  homeOfSum(key: string, operands: readonly Node[]): Block {
    return this.invariants.homeOf(key, this.block, this.passed, ({ blocks }) =>
      operands.every((n) => n.op !== 'const' && !blocks.has(n.block)),
    );
  }

  private constantIn(home: Block, v: number): number {
    const key = `${v}@${home.id}`;
    const hit = this.constants.get(key);
    if (hit !== undefined) return hit;
    const register = this.fresh();
    this.emitAt(home, () => this.integer(register, v, true));
    this.constants.set(key, register);
    return register;
  }

  /** Makes a number, which may be possible again elsewhere. */
  integer(to: number, v: number, remake = false): void {
    const words = moveCost(v);
    this.emit('move', `${words === 1 ? 'mov' : 'movw+movt'} #${v}`, [to], [], {
      immediate: true,
      remake,
      words,
    });
  }

  /** Of the unit, which has registers for all constants that leave a loop. */
  private floatConstant(n: Node): number {
    let home = this.block;
    for (let loop = home.loop; loop?.preheader; loop = loop.parent) home = loop.preheader;
    const key = `${n.type} ${n.value}@${home.id}`;
    const hit = this.constants.get(key);
    if (hit !== undefined) return hit;
    const register = this.freshFloat(fileFor(n));
    this.emitAt(home, () => makeConstant(this, n, register));
    this.constants.set(key, register);
    return register;
  }

  /** Emits at the end of a block that comes before, or here. */
  emitAt(home: Block, make: () => void): void {
    const saved = this.code;
    const flags = this.flags;
    if (home !== this.block) {
      if (!this.hoisted.has(home)) this.hoisted.set(home, []);
      this.code = this.hoisted.get(home)!;
    }
    make();
    this.code = saved;
    this.flags = flags;
  }

  value(node: Node, half = 0): number {
    const n = resolve(node);
    if (n.op === 'const') {
      if (isFloat(n)) return this.floatConstant(n);
      const part = half === 0 ? BigInt.asIntN(32, n.value) : BigInt.asIntN(32, n.value >> 32n);
      return this.constant(Number(part));
    }
    const hit = this.registers.get(this.key(n, half));
    if (hit !== undefined) return hit;
    if (half === 1 && n.op === 'sext' && n.block === this.block) {
      if (!this.made.has(n)) this.make(n);
      if (!this.registers.has(this.key(n, 1))) signWord(this, n);
      return this.registers.get(this.key(n, 1))!;
    }
    if (n.op === 'phi' || n.op === 'param') return this.set(n, half, this.freshFor(n));
    this.make(n);
    const made = this.registers.get(this.key(n, half));
    if (made !== undefined) return made;
    // A half that nothing was thought to need, or a value from a block lowered later.
    return this.set(n, half, this.freshFor(n));
  }

  isLazy(node: Node, op?: string): boolean {
    const n = resolve(node);
    return this.lazy.has(n) && (op === undefined || n.op === op) && !this.registers.has(this.key(n, 0));
  }

  /** Emits what computes a value, by the family of its operation. */
  make(n: Node): void {
    if (this.made.has(n)) return;
    this.made.add(n);
    const saved = this.origin;
    this.origin = n.origin;
    const wide = n.type === 'i64' || (n.args[0]?.type === 'i64' && !hasEffect(n));
    (wide ? wideOperations : operations)(n)(this, n);
    if (n.type === 'i64') this.noteWide(n);
    this.origin = saved;
  }

  /** What makes both words of a value in several instructions, of values that have registers. */
  private noteWide(n: Node): void {
    if (!/^(add|sub|and|or|xor|shl|shr_[su]|rot[lr])$/.test(n.op)) return;
    const [low, high] = [0, 1].map((half) => this.registers.get(this.key(n, half)));
    if (low === undefined || high === undefined) return;
    // The first round in front of a loop makes the variable what an operation leaves, not what was loaded.
    const joined = n.args.map(resolve).filter((a) => a.op !== 'phi' || !a.block.turned);
    const operands = joined.flatMap((a) =>
      [0, 1].flatMap((half) => this.registers.get(this.key(a, half)) ?? []),
    );
    this.wides.push({ low, high, operands, block: this.block.order });
  }

  /** Emits what computes a value of 32 bits, into a register that holds something else where this does not run. */
  makeInto(n: Node, to: number): void {
    this.set(n, 0, to);
    operations(n)(this, n);
  }

  /** The register that a node's result goes to: one asked for earlier, or a fresh one. */
  result(n: Node, half = 0): number {
    return this.registers.get(this.key(n, half)) ?? this.set(n, half, this.freshFor(n));
  }

  alu(text: string, to: number, uses: number[], extra: Partial<Machine> = {}): void {
    this.emit('alu', text, [to], uses, extra);
  }

  branch(text: string, uses: number[], taken: number, backward: boolean, reads = false): void {
    this.emit('branch', text, [], uses, { taken, backward, readsFlags: reads, wide: 0 });
  }

  ifThen(count: number): void {
    this.emit('if-then', `it x${count}`, [], [], { wide: 0 });
  }

  library(text: string, defs: number[], uses: number[], cycles: number): void {
    this.emit('library', text, defs, uses, { cycles, wide: 1 });
  }
}
