/**
 * Instruction selection: blocks of the graph to Thumb-2 with virtual registers.
 *
 * Order. wasm2c 1.0.32 puts an empty volatile asm after every load, which gcc's schedulers treat as a barrier, so loads,
 * stores and checks stay in program order. Values that are used once, in the same stretch of a block, are made where they are
 * used (gcc's temporary expression replacement), which is also where they fuse: addresses, shifted operands, mla, smlal.
 */
import { demandedHalves } from './demand.ts';
import { hasEffect } from './optimize.ts';
import { isConst, resolve, type Block, type Edge, type Graph, type LoopNode, type Node } from './ir.ts';
import {
  isAddImmediate,
  isCompareImmediate,
  isLogicalImmediate,
  instruction,
  isModifiedImmediate,
  moveCost,
  splitImmediate,
  type Kind,
  type Machine,
  type MachineBlock,
  type MachineCode,
} from './machine.ts';
import { layOut } from './layout.ts';
import type { Frequencies } from './static-profile.ts';
import { inverted, isComparison } from './simplify.ts';

export function lower(g: Graph, frequencies: Frequencies): MachineCode {
  return new Lowering(g).run(frequencies);
}

interface Operand {
  uses: number[];
  immediate: boolean;
  shifted: boolean;
  text: string;
}

/** Condition in the flags after a comparison. */
type Condition = string;

export class Lowering {
  private readonly g: Graph;
  private readonly registers = new Map<string, number>();
  private readonly constants = new Map<string, number>();
  private readonly sums = new Map<string, number>();
  private readonly lazy = new Set<Node>();
  private readonly users = new Map<Node, (Node | Block)[]>();
  private readonly halves: Map<Node, number>;
  private readonly blocks = new Map<Block, MachineBlock>();
  private next = 0;
  private block!: Block;
  private code: Machine[] = [];
  private origin = { f: 0, block: 0 };
  /** The comparison whose outcome the flags hold. */
  private flags: Node | null = null;
  private readonly instance: number;
  private readonly parents: ReadonlySet<LoopNode>;
  /** Steps of pointers that a load or store takes over. */
  private readonly merged = new Map<Node, Node>();
  /** The block runs under a condition, see if-convert.ts. */
  private predicated = false;
  private readonly hoisted = new Map<Block, Machine[]>();

  constructor(g: Graph) {
    this.g = g;
    this.halves = demandedHalves(g);
    this.instance = this.next++;
    this.parents = new Set(g.loops.flatMap((l) => (l.parent ? [l.parent] : [])));
  }

  run(frequencies: Frequencies): MachineCode {
    const { g } = this;
    this.findUsers();
    this.findSegments();
    this.findLazy();
    this.findPostIncrements();
    for (const b of g.blocks)
      this.blocks.set(b, {
        id: b.order,
        code: [],
        weight: b.weight,
        frequency: frequencies.blocks.get(b) ?? 1,
        successors: b.term.edges.map((e) => ({ to: e.to.order, weight: e.weight })),
        next: -1,
        loopDepth: b.loop?.depth ?? 0,
        origin: b.origin,
      });
    const under = new Map(g.blocks.flatMap((b) => b.predicates.map((p) => [p, b] as const)));
    for (const [arm, b] of under) this.blocks.get(arm)!.weight = b.weight;
    const layout = layOut(g);
    for (const b of g.blocks) this.blocks.get(b)!.next = layout.get(b)?.order ?? -1;
    for (const b of g.blocks) {
      this.predicated = under.has(b);
      this.lowerBlock(b);
    }
    for (const [b, code] of this.hoisted) {
      const target = this.blocks.get(b)!.code;
      const at = b === g.entry ? 0 : target.findLastIndex((m) => m.kind !== 'branch') + 1;
      target.splice(at, 0, ...code);
    }
    const loops = g.loops.map((l) => {
      const edges = [...l.blocks].flatMap((b) => [...b.term.edges]).filter((e) => !l.blocks.has(e.to));
      const entering = l.header.preds.filter((e) => !l.blocks.has(e.from));
      const sum = (list: readonly Edge[]) =>
        list.reduce((total, e) => total + (frequencies.edges.get(e) ?? 1), 0);
      return {
        header: l.header.order,
        preheader: entering.length === 1 ? entering[0]!.from.order : -1,
        blocks: [...l.blocks].map((b) => b.order),
        depth: l.depth,
        enterFrequency: sum(entering),
        exitFrequency: sum(edges),
      };
    });
    return {
      blocks: g.blocks.map((b) => this.blocks.get(b)!),
      loops,
      registers: this.next,
      entry: g.entry.order,
    };
  }

  // Preparation ------------------------------------------------------------------------------------------------

  private findUsers(): void {
    const add = (value: Node, user: Node | Block) => {
      const n = resolve(value);
      if (n.op === 'const') return;
      if (!this.users.has(n)) this.users.set(n, []);
      this.users.get(n)!.push(user);
    };
    for (const b of this.g.blocks) {
      for (const n of b.phis) n.args.forEach((a) => add(a, n));
      for (const n of b.nodes) n.args.forEach((a) => add(a, n));
      if ('condition' in b.term) add(b.term.condition, b);
      if (b.term.kind === 'return') b.term.values.forEach((v) => add(v, b));
    }
  }

  /** Checks and choices end gcc's basic blocks: what comes after one is another stretch. */
  private findSegments(): void {
    for (const b of this.g.blocks) {
      let segment = 0;
      for (const n of b.nodes) {
        if (n.op === 'select') segment++;
        n.segment = segment;
        if (endsSegment.test(n.op)) segment++;
      }
    }
  }

  private lastSegment(b: Block): number {
    const last = b.nodes.at(-1);
    if (!last) return 0;
    return last.segment + (endsSegment.test(last.op) ? 1 : 0);
  }

  /**
   * Which values are made where they are used, and not at their own place.
   *
   * gcc replaces a temporary that is used once by its expression (tree-ssa-ter.c), wherever in the block the use is,
   * unless the statement that uses it assigns a variable that the expression reads. Without that, instructions still
   * combine when no volatile asm, so no load, stands between them (combine.c).
   */
  private findLazy(): void {
    for (const b of this.g.blocks) {
      const position = new Map<Node, number>();
      const barrier: number[] = [];
      let passed = 0;
      b.nodes.forEach((n, i) => {
        position.set(n, i);
        if (n.op === 'load') passed++;
        barrier[i] = passed;
      });
      barrier[b.nodes.length] = passed;
      const reads = new Map<Node, Set<number>>();
      const replaced = new Set<Node>();
      const soleUser = (n: Node): Node | Block | null => {
        const users = this.users.get(n) ?? [];
        return users.length === 1 ? users[0]! : null;
      };
      for (const n of b.nodes) {
        const variables = new Set<number>();
        for (const a of n.args.map(resolve)) {
          if (a.variable >= 0 && a.op !== 'const') variables.add(a.variable);
          if (soleUser(a) !== n || a.block !== b || !this.canMove(a) || !meets(a, n)) continue;
          if (n.variable >= 0 && !isAccess(n) && reads.get(a)?.has(n.variable)) continue;
          replaced.add(a);
          for (const v of reads.get(a) ?? []) variables.add(v);
        }
        reads.set(n, variables);
      }
      const place = new Map<Node, number>();
      for (let i = b.nodes.length - 1; i >= 0; i--) {
        const n = b.nodes[i]!;
        place.set(n, i);
        if (!this.canMove(n)) continue;
        const users = this.users.get(n) ?? [];
        if (users.length > 1) {
          // A comparison that several choices share stays in the flags.
          if (
            isComparison(n) &&
            users.every((u) =>
              'op' in u ? u.op === 'select' && resolve(u.args[0]!) === n && u.block === b : u === b,
            )
          )
            this.lazy.add(n);
          // An address that only serves accesses is folded into each of them (forward propagation).
          if (
            n.op === 'address' &&
            users.every((u) => 'op' in u && isAccess(u) && resolve(u.args[0]!) === n && u.block === b)
          )
            this.lazy.add(n);
          continue;
        }
        const user = users[0];
        if (!user) continue;
        if (!('op' in user)) {
          if (user === b && this.lastSegment(b) === n.segment) this.lazy.add(n);
          continue;
        }
        if (user.op === 'phi' || user.block !== b) continue;
        if (!meets(n, user) && n.op !== 'address') continue;
        const at = place.get(user)!;
        if (replaced.has(n) || n.op === 'address') {
          this.lazy.add(n);
          place.set(n, at);
        } else if (barrier[i] === barrier[at]! - (user.op === 'load' ? 1 : 0)) this.lazy.add(n);
      }
    }
  }

  private canMove(n: Node): boolean {
    return !hasEffect(n) && !/^(load|base|size|global|pages)$/.test(n.op) && n.name !== 'preincrement';
  }

  /**
   * gcc's auto-inc-dec pass: a pointer that is used by one access and then stepped is stepped by the access. Pointers
   * that step before their access (the induction pass asked for it) likewise.
   */
  private findPostIncrements(): void {
    for (const b of this.g.blocks)
      for (const n of b.nodes) {
        if (n.op !== 'add' || !isConst(n.args[1]!) || Math.abs(Number(n.args[1]!.value)) > 255) continue;
        const pointer = resolve(n.args[0]!);
        if (n.name === 'preincrement') {
          const access = b.nodes
            .slice(b.nodes.indexOf(n))
            .find((x) => isAccess(x) && resolve(x.args[0]!) === n && x.offset === 0);
          if (access) this.merged.set(access, n);
          continue;
        }
        if (pointer.op !== 'phi' || pointer.type !== 'i32') continue;
        const others = (this.users.get(pointer) ?? []).filter((u) => u !== n);
        const [access] = others;
        if (others.length !== 1 || !access || !('op' in access) || !isAccess(access)) continue;
        if (access.block !== b || access.offset !== 0 || resolve(access.args[0]!) !== pointer) continue;
        if (access.bytes === 8 || b.nodes.indexOf(access) > b.nodes.indexOf(n)) continue;
        this.merged.set(access, n);
      }
  }

  // Emission ---------------------------------------------------------------------------------------------------

  private emit(
    kind: Kind,
    text: string,
    defs: number[],
    uses: number[],
    extra: Partial<Machine> = {},
  ): Machine {
    const m = instruction(kind, text, this.origin, { defs, uses, ...extra });
    this.code.push(m);
    if (m.setsFlags || kind === 'call' || kind === 'library') this.flags = null;
    return m;
  }

  private fresh(): number {
    return this.next++;
  }

  private key(n: Node, half: number): string {
    return `${n.id}.${half}`;
  }

  private set(n: Node, half: number, register: number): number {
    this.registers.set(this.key(n, half), register);
    return register;
  }

  private needs(n: Node, half: number): boolean {
    return ((this.halves.get(n) ?? 3) & (1 << half)) !== 0;
  }

  /** Whether a block lies in a loop that has no loop inside. */
  private innermost(b: Block): boolean {
    return b.loop !== null && !this.parents.has(b.loop);
  }

  /**
   * Register of a constant. gcc moves it out of an innermost loop; elsewhere the registers that a loop already needs make
   * that look too dear, and it is made in the block.
   */
  private constant(value: number): number {
    const v = value | 0;
    const home = (this.innermost(this.block) ? this.block.loop!.preheader : null) ?? this.block;
    const key = `${v}@${home.id}`;
    const hit = this.constants.get(key);
    if (hit !== undefined) return hit;
    const register = this.fresh();
    const saved = this.code;
    const flags = this.flags;
    if (home !== this.block) {
      if (!this.hoisted.has(home)) this.hoisted.set(home, []);
      this.code = this.hoisted.get(home)!;
    }
    this.emit('move', moveCost(v) === 1 ? `mov #${v}` : `movw+movt #${v}`, [register], [], {
      immediate: true,
      remake: true,
      words: moveCost(v),
    });
    this.code = saved;
    this.flags = flags;
    this.constants.set(key, register);
    return register;
  }

  private value(node: Node, half = 0): number {
    const n = resolve(node);
    if (n.op === 'const') {
      const part = half === 0 ? BigInt.asIntN(32, n.value) : BigInt.asIntN(32, n.value >> 32n);
      return this.constant(Number(part));
    }
    const hit = this.registers.get(this.key(n, half));
    if (hit !== undefined) return hit;
    if (half === 1 && n.op === 'sext' && n.block === this.block) {
      if (!this.made.has(n)) this.make(n);
      if (!this.registers.has(this.key(n, 1))) this.signWord(n);
      return this.registers.get(this.key(n, 1))!;
    }
    if (n.op === 'phi' || n.op === 'param') return this.set(n, half, this.fresh());
    this.make(n);
    const made = this.registers.get(this.key(n, half));
    if (made !== undefined) return made;
    // A half that nothing was thought to need, or a value from a block lowered later.
    return this.set(n, half, this.fresh());
  }

  private isLazy(node: Node, op?: string): boolean {
    const n = resolve(node);
    return this.lazy.has(n) && (op === undefined || n.op === op) && !this.registers.has(this.key(n, 0));
  }

  // Blocks -----------------------------------------------------------------------------------------------------

  private lowerBlock(b: Block): void {
    this.block = b;
    this.flags = null;
    this.sums.clear();
    this.code = this.blocks.get(b)!.code;
    this.origin = b.origin;
    for (const n of b.nodes) {
      this.origin = n.origin;
      if (this.lazy.has(n) || this.isMerged(n)) continue;
      if (!this.registers.has(this.key(n, 0)) && !this.registers.has(this.key(n, 1))) this.make(n);
      else if (this.pending(n)) this.make(n);
    }
    this.origin = b.origin;
    this.copies(b);
    this.terminate(b);
  }

  /** A register was asked for before the node's own turn (a use in a block lowered earlier). */
  private pending(n: Node): boolean {
    return !this.made.has(n);
  }

  private readonly made = new Set<Node>();

  private isMerged(n: Node): boolean {
    for (const step of this.merged.values()) if (step === n) return true;
    return false;
  }

  /** The register that a node's result goes to: one asked for earlier, or a fresh one. */
  private result(n: Node, half = 0): number {
    return this.registers.get(this.key(n, half)) ?? this.set(n, half, this.fresh());
  }

  private copies(b: Block): void {
    const moves: { to: number; from: number; constant: boolean }[] = [];
    for (const e of b.term.edges) {
      const index = e.to.preds.indexOf(e);
      for (const phi of e.to.phis)
        for (const half of phi.type === 'i64' ? [0, 1] : [0]) {
          if (!this.needs(phi, half)) continue;
          const source = resolve(phi.args[index]!);
          if (source === phi) continue;
          if (source.op === 'const') {
            const part =
              half === 0 ? BigInt.asIntN(32, source.value) : BigInt.asIntN(32, source.value >> 32n);
            const v = Number(part);
            moves.push({ to: this.value(phi, half), from: v, constant: true });
            continue;
          }
          if (source.name === 'sp') continue;
          moves.push({ to: this.value(phi, half), from: this.value(source, half), constant: false });
        }
    }
    // Copies happen at once: one whose target another still reads waits; a ring is broken by a spare register.
    const waiting = moves.filter((m) => m.constant || m.to !== m.from);
    while (waiting.length) {
      const at = waiting.findIndex((m) => !waiting.some((o) => o !== m && !o.constant && o.from === m.to));
      if (at < 0) {
        const spare = this.fresh();
        const ring = waiting[0]!;
        this.emit('move', 'mov', [spare], [ring.from], { copy: true, wide: 0 });
        ring.from = spare;
        continue;
      }
      const [m] = waiting.splice(at, 1);
      if (m!.constant) {
        const cost = moveCost(m!.from);
        this.emit('move', `mov #${m!.from}`, [m!.to], [], { immediate: true, words: cost });
      } else this.emit('move', 'mov', [m!.to], [m!.from], { copy: true, wide: 0 });
    }
  }

  private terminate(b: Block): void {
    const { term } = b;
    const next = this.blocks.get(b)!.next;
    const total = term.edges.reduce((s, e) => s + e.weight, 0);
    switch (term.kind) {
      case 'jump':
        if (this.predicated) {
          for (const m of this.code) {
            m.readsFlags = true;
            m.setsFlags = false;
          }
          return;
        }
        if (term.edges[0].to.order !== next) this.branch('b', [], 1, this.isBackward(b, term.edges[0].to));
        return;
      case 'branch': {
        const [yes, no] = term.edges;
        if (b.predicates.length) {
          this.compare(term.condition);
          this.ifThen(2);
          return;
        }
        const takenEdge = yes.to.order === next ? no : yes;
        const backward = this.isBackward(b, takenEdge.to);
        const taken = total > 0 ? takenEdge.weight / total : 0.5;
        const zero = this.zeroTest(term.condition);
        if (zero !== null && !backward) this.branch('cbz', [zero], taken, false);
        else {
          this.compare(term.condition);
          this.branch('b<cc>', [], taken, backward, true);
        }
        if (yes.to.order !== next && no.to.order !== next) this.branch('b', [], 1, this.isBackward(b, no.to));
        return;
      }
      case 'table':
        this.emit('compare', 'cmp #', [], [this.value(term.condition)], { immediate: true });
        this.branch('b<cc>', [], 0.05, false, true);
        this.branch('tbb', [this.value(term.condition)], 1, false);
        return;
      case 'return':
        term.values.forEach((v, i) => {
          for (const half of v.type === 'i64' ? [0, 1] : [0]) {
            const to = this.fresh();
            this.emit('move', 'mov', [to], [this.value(v, half)], { copy: true, wide: 0 });
            void i;
          }
        });
        this.branch('return', [], 1, false);
        return;
      case 'trap':
        return;
    }
  }

  private branch(text: string, uses: number[], taken: number, backward: boolean, reads = false): void {
    this.emit('branch', text, [], uses, { taken, backward, readsFlags: reads, wide: 0 });
  }

  private isBackward(from: Block, to: Block): boolean {
    return to.order <= from.order && to.loop !== null && to.loop.header === to && to.loop.blocks.has(from);
  }

  // Nodes ------------------------------------------------------------------------------------------------------

  private make(n: Node): void {
    if (this.made.has(n)) return;
    this.made.add(n);
    const saved = this.origin;
    this.origin = n.origin;
    if (n.type === 'i64' || (n.args[0]?.type === 'i64' && !hasEffect(n))) this.makeWide(n);
    else this.makeNarrow(n);
    this.origin = saved;
  }

  private makeNarrow(n: Node): void {
    const [a, b] = n.args.map(resolve);
    switch (n.op) {
      case 'param':
        this.result(n);
        return;
      case 'base':
      case 'size':
      case 'global':
      case 'pages':
        this.emit('load', `ldr ${n.op}`, [this.result(n)], [this.instance], {
          address: [this.instance],
          wide: 0.5,
        });
        return;
      case 'setglobal':
        this.emit('store', 'str global', [], [this.value(a!), this.instance], {
          address: [this.instance],
          wide: 0.5,
        });
        return;
      case 'load':
      case 'store':
        return this.access(n);
      case 'address':
        return this.add(this.result(n), a!, b!);
      case 'add':
        return this.add(this.result(n), a!, b!);
      case 'sub':
        return this.subtract(this.result(n), a!, b!);
      case 'mul':
        return this.multiply(this.result(n), a!, b!);
      case 'and':
      case 'or':
      case 'xor':
        return this.logic(n.op, this.result(n), a!, b!);
      case 'shl':
      case 'shr_s':
      case 'shr_u':
      case 'rotl':
      case 'rotr':
        return this.shift(n.op, this.result(n), a!, b!);
      case 'ext8':
      case 'ext16': {
        // sbfx takes a shift along.
        const from =
          this.isLazy(a!) && a!.op.startsWith('shr_') && isConst(resolve(a!.args[1]!))
            ? resolve(a!.args[0]!)
            : a!;
        if (from !== a)
          this.emit('shift', 'sbfx', [this.result(n)], [this.value(from)], { immediate: true, wide: 1 });
        else
          this.emit('extend', n.op === 'ext8' ? 'sxtb' : 'sxth', [this.result(n)], [this.value(a!)], {
            wide: 0.5,
          });
        return;
      }
      case 'clz':
      case 'ctz': {
        // wasm2c asks for zero first: the C built-ins leave it undefined.
        const x = this.value(a!);
        const to = this.result(n);
        this.emit('compare', 'cmp #0', [], [x], { immediate: true, wide: 0.3 });
        this.ifThen(2);
        if (n.op === 'ctz') this.emit('shift', 'rbit<cc>', [to], [x], { readsFlags: true, wide: 1 });
        this.emit('shift', 'clz<cc>', [to], [n.op === 'ctz' ? to : x], { readsFlags: true, wide: 1 });
        this.emit('move', 'mov<cc> #32', [to], [to], {
          immediate: true,
          readsFlags: true,
          conditional: true,
        });
        return;
      }
      case 'popcnt':
        this.library('__popcountsi2', [this.result(n)], [this.value(a!)], 16);
        return;
      case 'div_s':
      case 'div_u':
      case 'rem_s':
      case 'rem_u':
        return this.divide(n);
      case 'select':
        return this.select(n);
      case 'call':
        return this.call(n);
      case 'float':
      case 'floatconst':
        return this.float(n);
      case 'guard':
        return this.guard(n);
      case 'guard64':
        return this.guard64(n);
      case 'divcheck':
        return this.divisionCheck(n);
      case 'enter':
        return this.stackDepth(true);
      case 'leave':
        return this.stackDepth(false);
      default:
        if (isComparison(n)) return this.truth(n);
        this.result(n);
    }
  }

  private alu(text: string, to: number, uses: number[], extra: Partial<Machine> = {}): void {
    this.emit('alu', text, [to], uses, extra);
  }

  /** Second operand: an immediate when `fits`, a shifted register when the value is a lazy shift, else a register. */
  private operand(node: Node, fits: (v: number) => boolean): Operand {
    const n = resolve(node);
    if (n.op === 'const' && n.type === 'i32' && fits(Number(n.value)))
      return { uses: [], immediate: true, shifted: false, text: `#${n.value}` };
    if (
      this.isLazy(n) &&
      n.type === 'i32' &&
      /^(shl|shr_s|shr_u|rotr|rotl)$/.test(n.op) &&
      isConst(resolve(n.args[1]!))
    )
      if (!this.isBitField(n)) {
        this.made.add(n);
        return {
          uses: [this.value(n.args[0]!)],
          immediate: true,
          shifted: true,
          text: `${n.op} #${n.args[1]!.value}`,
        };
      }
    return { uses: [this.value(n)], immediate: false, shifted: false, text: 'reg' };
  }

  /** A shift that combines with the shift or mask below it into one bit-field instruction. */
  private isBitField(n: Node): boolean {
    const inner = resolve(n.args[0]!);
    return (
      (n.op === 'shr_s' || n.op === 'shr_u') && this.isLazy(inner, 'shl') && isConst(resolve(inner.args[1]!))
    );
  }

  private add(to: number, a: Node, b: Node): void {
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const)
      if (this.isLazy(x, 'mul') && x.type === 'i32' && !this.isCheapMultiple(x)) {
        this.made.add(resolve(x));
        const accumulator = this.value(y);
        const [p, q] = resolve(x).args.map((v) => this.value(v)) as [number, number];
        this.emit('multiply', 'mla', [to], [p, q, accumulator], { accumulator, wide: 1 });
        return;
      }
    const [first, second] = this.isShiftable(a) && !this.isShiftable(b) ? [b, a] : [a, b];
    for (const [x, y] of [
      [first, second],
      [second, first],
    ] as const)
      if (this.isLazy(x) && (x.op === 'ext8' || x.op === 'ext16') && !isConst(y)) {
        this.made.add(resolve(x));
        this.alu('sxta', to, [this.value(y), this.value(resolve(x).args[0]!)], { wide: 1, shifted: true });
        return;
      }
    const left = this.value(first);
    const constant = isConst(resolve(second)) ? Number(resolve(second).value) : 0;
    // A constant that is no immediate is added in two steps where it cannot wait in a register.
    const parts = isAddImmediate(constant) || this.innermost(this.block) ? null : splitImmediate(constant);
    if (parts) {
      const t = this.fresh();
      this.alu(`add #${parts[0]}`, t, [left], { immediate: true, wide: 1 });
      return this.alu(`add #${parts[1]}`, to, [t], { immediate: true, wide: 0.8 });
    }
    const o = this.operand(second, isAddImmediate);
    this.alu(`add ${o.text}`, to, [left, ...o.uses], { ...flagsOf(o) });
  }

  private isShiftable(n: Node): boolean {
    return (
      this.isLazy(n) &&
      /^(shl|shr_s|shr_u)$/.test(n.op) &&
      isConst(resolve(n.args[1]!)) &&
      !this.isBitField(n)
    );
  }

  private subtract(to: number, a: Node, b: Node): void {
    if (this.isLazy(b, 'mul') && b.type === 'i32' && !this.isCheapMultiple(b)) {
      this.made.add(b);
      const [p, q] = b.args.map((v) => this.value(v)) as [number, number];
      this.emit('multiply', 'mls', [to], [p, q, this.value(a)], { wide: 1 });
      return;
    }
    if (isConst(a) && isModifiedImmediate(Number(a.value))) {
      this.alu(`rsb #${a.value}`, to, [this.value(b)], { immediate: true });
      return;
    }
    if (this.isShiftable(a) && !this.isShiftable(b)) {
      const o = this.operand(a, () => false);
      this.alu(`rsb ${o.text}`, to, [this.value(b), ...o.uses], { ...flagsOf(o) });
      return;
    }
    const left = this.value(a);
    const o = this.operand(b, isAddImmediate);
    this.alu(`sub ${o.text}`, to, [left, ...o.uses], { ...flagsOf(o) });
  }

  /** x * (2^n + 1) and x * (2^n - 1) are one instruction with a shifted operand. */
  private isCheapMultiple(n: Node): boolean {
    const c = resolve(n.args[1]!);
    if (!isConst(c)) return false;
    const v = Number(c.value);
    return isPowerOfTwo(v - 1) || isPowerOfTwo(v + 1);
  }

  private multiply(to: number, a: Node, b: Node): void {
    if (isConst(b)) {
      const v = Number(b.value);
      const x = this.value(a);
      if (isPowerOfTwo(v - 1)) return this.alu('add lsl', to, [x, x], { shifted: true, wide: 1 });
      if (isPowerOfTwo(v + 1)) return this.alu('rsb lsl', to, [x, x], { shifted: true, wide: 1 });
    }
    this.emit('multiply', 'mul', [to], [this.value(a), this.value(b)], { wide: 0.8 });
  }

  private logic(op: string, to: number, a: Node, b: Node): void {
    if (op === 'and' && isConst(b)) {
      const v = Number(BigInt.asUintN(32, b.value));
      const low = isPowerOfTwo(v + 1);
      if (low && this.isLazy(a) && a.op.startsWith('shr_') && isConst(resolve(a.args[1]!))) {
        this.made.add(a);
        return void this.emit('shift', 'ubfx', [to], [this.value(a.args[0]!)], { immediate: true, wide: 1 });
      }
      if (v === 0xff || v === 0xffff)
        return void this.emit('extend', v === 0xff ? 'uxtb' : 'uxth', [to], [this.value(a)], { wide: 0.3 });
      if (low && !isLogicalImmediate(v))
        return void this.emit('shift', 'ubfx', [to], [this.value(a)], { immediate: true, wide: 1 });
    }
    if (op === 'xor' && isConst(b, -1)) return this.alu('mvn', to, [this.value(a)], { wide: 0.3 });
    const [first, second] = this.isShiftable(a) && !this.isShiftable(b) && !isConst(b) ? [b, a] : [a, b];
    const left = this.value(first);
    const o = this.operand(second, op === 'and' || op === 'or' ? isLogicalImmediate : isModifiedImmediate);
    this.alu(`${op} ${o.text}`, to, [left, ...o.uses], { ...flagsOf(o), wide: 0.5 });
  }

  private shift(op: string, to: number, a: Node, b: Node): void {
    if (isConst(b)) {
      if ((op === 'shr_s' || op === 'shr_u') && this.isLazy(a, 'shl') && isConst(resolve(a.args[1]!))) {
        this.made.add(a);
        const text = op === 'shr_s' ? 'sbfx' : 'ubfx';
        return void this.emit('shift', text, [to], [this.value(a.args[0]!)], { immediate: true, wide: 1 });
      }
      return void this.emit('shift', `${op} #${b.value}`, [to], [this.value(a)], {
        immediate: true,
        wide: 0.3,
      });
    }
    let amount = this.value(b);
    // C masks the amount; the hardware uses eight bits, so the mask stays unless the value shows that it is small.
    if (!(resolve(b).op === 'and' && isConst(resolve(b).args[1]!)) && !op.startsWith('rot')) {
      const t = this.fresh();
      this.alu('and #31', t, [amount], { immediate: true, wide: 1 });
      amount = t;
    }
    if (op === 'rotl') {
      const t = this.fresh();
      this.alu('rsb #32', t, [amount], { immediate: true, wide: 1 });
      amount = t;
    }
    this.emit('shift', `${op} reg`, [to], [this.value(a), amount], { wide: 0.5 });
  }

  private divide(n: Node): void {
    const [a, b] = n.args.map(resolve) as [Node, Node];
    const signed = n.op.endsWith('_s');
    const to = this.result(n);
    if (isConst(b) && b.value !== 0n) return this.divideByConstant(n, to, a, Number(b.value), signed);
    const quotient = n.op.startsWith('div') ? to : this.fresh();
    const x = this.value(a);
    const y = this.value(b);
    this.emit('divide', signed ? 'sdiv' : 'udiv', [quotient], [x, y], { wide: 1 });
    if (quotient !== to) this.emit('multiply', 'mls', [to], [quotient, y, x], { wide: 1 });
  }

  /** Powers of two shift; others multiply by a reciprocal (Hacker's Delight, chapter 10). */
  private divideByConstant(n: Node, to: number, a: Node, divisor: number, signed: boolean): void {
    const x = this.value(a);
    const remainder = n.op.startsWith('rem');
    const quotient = remainder ? this.fresh() : to;
    if (isPowerOfTwo(Math.abs(divisor))) {
      if (!signed) {
        if (remainder) return this.alu('and #', to, [x], { immediate: true });
        return void this.emit('shift', 'lsr #', [to], [x], { immediate: true });
      }
      const t = this.fresh();
      const u = this.fresh();
      if (Math.abs(divisor) > 2) {
        const s = this.fresh();
        this.emit('shift', 'asr #31', [s], [x], { immediate: true });
        this.emit('alu', 'add lsr', [t], [x, s], { shifted: true, wide: 1 });
      } else this.emit('alu', 'add lsr', [t], [x, x], { shifted: true, wide: 1 });
      if (!remainder) return void this.emit('shift', 'asr #', [to], [t], { immediate: true });
      this.alu('bic #', u, [t], { immediate: true, wide: 1 });
      return this.alu('sub', to, [x, u]);
    }
    const magic = this.constant(Math.trunc(2 ** 32 / divisor) | 0);
    const low = this.fresh();
    const high = this.fresh();
    this.emit('multiply', signed ? 'smull' : 'umull', [low, high], [x, magic], { wide: 1 });
    if (signed) {
      const s = this.fresh();
      this.emit('shift', 'asr #31', [s], [x], { immediate: true });
      this.emit('alu', 'rsb asr', [quotient], [s, high], { shifted: true, wide: 1 });
    } else this.emit('shift', 'lsr #', [quotient], [high], { immediate: true });
    if (remainder) this.emit('multiply', 'mls', [to], [quotient, this.constant(divisor), x], { wide: 1 });
  }

  private library(text: string, defs: number[], uses: number[], cycles: number): void {
    this.emit('library', text, defs, uses, { cycles, wide: 1 });
  }

  private float(n: Node): void {
    const doubles = n.type === 'f64' || n.name.startsWith('f64') || n.args[0]?.type === 'f64';
    const uses = n.args.map((a) => this.value(a));
    const cycles = /div|sqrt/.test(n.name) ? 30 : doubles ? 12 : 4;
    if (n.op === 'floatconst') this.emit('load', 'vldr', [this.result(n)], [], { wide: 1 });
    else this.emit('vfp', n.name, [this.result(n)], uses, { cycles, wide: 1 });
    if (n.type === 'i64') this.set(n, 1, this.result(n));
  }

  private call(n: Node): void {
    const uses = [this.instance];
    for (const a of n.args)
      for (const half of a.type === 'i64' ? [0, 1] : [0]) {
        const to = this.fresh();
        const r = resolve(a);
        if (isConst(r)) this.emit('move', `mov #${r.value}`, [to], [], { immediate: true });
        else this.emit('move', 'mov', [to], [this.value(r, half)], { copy: true, wide: 0 });
        uses.push(to);
      }
    const defs = n.type === 'void' ? [] : [this.result(n, 0)];
    if (n.type === 'i64') defs.push(this.result(n, 1));
    const indirect = n.name === 'indirect';
    if (indirect)
      for (let i = 0; i < 6; i++)
        this.emit('load', 'ldr table', [this.fresh()], [this.instance], { address: [this.instance] });
    this.emit('call', indirect ? 'blx' : 'bl', defs, uses, { taken: 1, wide: 1 });
  }

  private stackDepth(enter: boolean): void {
    const address = this.constant(0x20000004);
    const depth = this.fresh();
    const changed = this.fresh();
    this.emit('load', 'ldr depth', [depth], [address], { address: [address] });
    this.alu(enter ? 'add #1' : 'sub #1', changed, [depth], { immediate: true, wide: 0 });
    this.emit('store', 'str depth', [], [changed, address], { address: [address] });
    if (!enter) return;
    this.emit('compare', 'cmp #500', [], [changed], { immediate: true });
    this.branch('bhi trap', [], 0, false, true);
  }

  // Memory -----------------------------------------------------------------------------------------------------

  private access(n: Node): void {
    const words = n.bytes === 8 ? 2 : 1;
    const load = n.op === 'load';
    // What is stored is computed first: the access itself comes last.
    const values = load ? [] : [...Array(words).keys()].map((half) => this.value(n.args[1]!, half));
    const step = this.merged.get(n);
    const text = `${load ? 'ldr' : 'str'}${n.bytes === 1 ? 'b' : n.bytes === 2 ? 'h' : ''}${n.signed && n.bytes < 4 ? ' signed' : ''}`;
    const make = (half: number, address: number[], extra: Partial<Machine>) => {
      const uses = [...address, ...(load ? [] : [values[half]!])];
      const defs = load && (n.type !== 'i64' || this.needs(n, half)) ? [this.result(n, half)] : [];
      if (load && defs.length === 0) return;
      this.emit(load ? 'load' : 'store', text, defs, uses, {
        address,
        barrier: load && half === words - 1,
        wide: n.signed ? 1 : 0.6,
        ...extra,
      });
    };
    if (step) {
      this.made.add(step);
      const pointer = this.value(step.args[0]!);
      const stepped = this.result(step);
      make(0, [pointer], { writeback: stepped, wide: 1 });
      const last = this.code.at(-1)!;
      last.defs = [...last.defs, stepped];
      last.text += step.name === 'preincrement' ? ' !' : ' post';
      return;
    }
    const { registers, indexed, shifted } = this.addressOf(n.args[0]!, n.offset, words === 1);
    for (let half = 0; half < words; half++)
      make(half, registers, { registerOffset: indexed, shifted: false, ...(shifted ? {} : {}) });
  }

  /** Registers of an address with an offset; `indexable` when a register offset is allowed. */
  private addressOf(
    node: Node,
    offset: number,
    indexable: boolean,
  ): { registers: number[]; indexed: boolean; shifted: boolean } {
    const n = resolve(node);
    let constant = offset;
    let base: Node = n;
    let index: Node | null = null;
    if (n.op === 'address' && (this.lazy.has(n) || !this.registers.has(this.key(n, 0)))) {
      base = resolve(n.args[0]!);
      index = resolve(n.args[1]!);
      if (isConst(index)) {
        constant += Number(index.value);
        index = null;
      } else if (this.isLazy(index, 'add') && isConst(resolve(index.args[1]!))) {
        constant += Number(index.args[1]!.value);
        this.made.add(index);
        index = resolve(index.args[0]!);
      }
    } else if (this.isLazy(n, 'add')) {
      const [a, b] = n.args.map(resolve) as [Node, Node];
      if (isConst(b)) {
        constant += Number(b.value);
        this.made.add(n);
        base = a;
        if (this.isLazy(a, 'add') && !isConst(resolve(a.args[1]!))) {
          this.made.add(a);
          base = resolve(a.args[0]!);
          index = resolve(a.args[1]!);
        }
      } else {
        this.made.add(n);
        base = a;
        index = b;
      }
    }
    const fits = constant > -256 && constant < 4096 && (indexable || constant < 4092);
    if (index && constant === 0 && indexable) {
      if (
        this.isLazy(index, 'shl') &&
        isConst(resolve(index.args[1]!)) &&
        Number(index.args[1]!.value) <= 3
      ) {
        this.made.add(index);
        return { registers: [this.value(base), this.value(index.args[0]!)], indexed: true, shifted: true };
      }
      return { registers: [this.value(base), this.value(index)], indexed: true, shifted: false };
    }
    let register = index ? this.sum(base, index) : this.value(base);
    const iterated = n.op !== 'address';
    if (!fits) {
      const t = this.fresh();
      // An address that steps is split by the back end into a high part and an offset; others take the constant whole.
      const part = iterated ? constant & ~0xfff : constant;
      if (isAddImmediate(part)) {
        this.alu(`add #${part}`, t, [register], { immediate: true, wide: 1 });
      } else if (indexable)
        return { registers: [register, this.constant(constant)], indexed: true, shifted: false };
      else this.alu('add reg', t, [register, this.constant(constant)], { wide: 0.5 });
      register = t;
    }
    return { registers: [register], indexed: false, shifted: false };
  }

  /** base + index, made once a block. */
  private sum(base: Node, index: Node): number {
    const key = `${resolve(base).id}+${resolve(index).id}`;
    let register = this.sums.get(key);
    if (register === undefined) {
      register = this.fresh();
      this.add(register, base, index);
      this.sums.set(key, register);
    }
    return register;
  }

  private guard(n: Node): void {
    const [end, size] = n.args.map(resolve) as [Node, Node];
    if (isConst(end)) {
      const o = this.operand(end, isCompareImmediate);
      this.emit('compare', 'cmp size', [], [this.value(size), ...o.uses], {
        immediate: o.immediate,
        wide: 0.5,
      });
    } else if (n.name === 'counted' && this.block.loop?.preheader) return this.countedGuard(end, size);
    else this.emit('compare', 'cmp end', [], [this.value(end), this.value(size)], { wide: 0 });
    this.branch('bhi trap', [], 0, false, true);
  }

  /** The check as a test of a 64-bit counter against the count at which it would trap. */
  private countedGuard(end: Node, size: Node): void {
    const home = this.block.loop!.preheader!;
    const [low, high, counter] = [this.fresh(), this.fresh(), this.fresh()];
    const saved = this.code;
    if (!this.hoisted.has(home)) this.hoisted.set(home, []);
    this.code = this.hoisted.get(home)!;
    this.alu('adds', low, [this.value(size)], { setsFlags: true, wide: 1 });
    this.alu('adc', high, [low], { readsFlags: true, wide: 1 });
    this.emit('move', 'mov #0', [counter], [], { immediate: true });
    this.code = saved;
    this.alu('adc', counter, [counter], { immediate: true, readsFlags: true, wide: 1 });
    this.emit('compare', 'cmp', [], [counter, high], { wide: 0 });
    this.ifThen(1);
    this.emit('compare', 'cmp<cc>', [], [this.value(end), low], { readsFlags: true, wide: 0 });
    this.branch('beq trap', [], 0, false, true);
  }

  private guard64(n: Node): void {
    const [address, size] = n.args.map(resolve) as [Node, Node];
    const low = this.fresh();
    const high = this.fresh();
    const zero = this.constant(0);
    this.alu('adds', low, [this.value(address)], { immediate: true, setsFlags: true, wide: 0.7 });
    this.alu('adc', high, [zero], { immediate: true, readsFlags: true, wide: 1 });
    this.emit('compare', 'cmp', [], [this.value(size), low], { wide: 0 });
    this.alu('sbcs', this.fresh(), [zero, high], { setsFlags: true, readsFlags: true, wide: 1 });
    this.branch('bcc trap', [], 0, false, true);
  }

  private divisionCheck(n: Node): void {
    const [a, b] = n.args.map(resolve) as [Node, Node];
    if (b.type === 'i64') {
      const t = this.fresh();
      this.alu('orrs', t, [this.value(b, 0), this.value(b, 1)], { setsFlags: true });
      this.branch('beq trap', [], 0, false, true);
      return;
    }
    this.branch('cbz trap', [this.value(b)], 0, false);
    if (!n.name.endsWith('_s')) return;
    this.emit('compare', 'cmp #min', [], [this.value(a)], { immediate: true, wide: 1 });
    this.branch('beq', [], 0, false, true);
  }

  // Conditions -------------------------------------------------------------------------------------------------

  /** A register whose being zero or not is all that a condition asks, for cbz and cbnz. */
  private zeroTest(condition: Node): number | null {
    const n = resolve(condition);
    if (n.type === 'i64') return null;
    if (!isComparison(n)) return this.isLazy(n) && /^(and|add|sub)$/.test(n.op) ? null : this.value(n);
    if (!/^(eq|ne)$/.test(n.op) || !isConst(resolve(n.args[1]!), 0) || n.args[0]!.type === 'i64') return null;
    if (!this.lazy.has(n)) return null;
    const x = resolve(n.args[0]!);
    if (this.isLazy(x) || this.flagSetter(x)) return null;
    this.made.add(n);
    return this.value(x);
  }

  /** The instruction just before that computed a value and can set the flags for it. */
  private flagSetter(n: Node): Machine | null {
    const register = this.registers.get(this.key(resolve(n), 0));
    if (register === undefined) return null;
    for (let i = this.code.length - 1; i >= 0; i--) {
      const m = this.code[i]!;
      if (m.defs.includes(register))
        return (m.kind === 'alu' || m.kind === 'shift') && !m.conditional && !/^(ubfx|sbfx)/.test(m.text)
          ? m
          : null;
      if (m.setsFlags || m.kind === 'call' || m.kind === 'library' || m.kind === 'branch') return null;
    }
    return null;
  }

  /** Puts a condition into the flags. */
  private compare(condition: Node): Condition {
    const n = resolve(condition);
    if (this.flags === n) return n.op;
    if (!isComparison(n)) {
      this.testZero(n, 'ne');
      this.flags = n;
      return 'ne';
    }
    const [a, b] = n.args.map(resolve) as [Node, Node];
    this.made.add(n);
    if (a.type === 'i64') this.compareWide(n, a, b);
    else if (isConst(b, 0) && /^(eq|ne|lt_s|ge_s)$/.test(n.op)) this.testZero(a, n.op);
    else {
      const left = this.value(a);
      const o = this.operand(b, isCompareImmediate);
      this.emit('compare', `cmp ${o.text}`, [], [left, ...o.uses], {
        ...flagsOf(o),
        wide: o.immediate ? 0.6 : 0,
      });
    }
    this.flags = n;
    return n.op;
  }

  private testZero(a: Node, op: string): void {
    if (a.type === 'i64') {
      const t = this.fresh();
      this.alu('orrs', t, [this.value(a, 0), this.value(a, 1)], { setsFlags: true, wide: 0.5 });
      return;
    }
    if (this.isLazy(a, 'and')) {
      this.made.add(a);
      const o = this.operand(a.args[1]!, isLogicalImmediate);
      this.emit('compare', 'tst', [], [this.value(a.args[0]!), ...o.uses], { ...flagsOf(o), wide: 0.8 });
      return;
    }
    const x = this.value(a);
    const setter = this.flagSetter(a);
    if (setter) {
      setter.setsFlags = true;
      this.flags = null;
      return;
    }
    this.emit('compare', `cmp #0 ${op}`, [], [x], { immediate: true, wide: 0.3 });
  }

  private compareWide(n: Node, a: Node, b: Node): void {
    const t = this.fresh();
    if (/^(eq|ne)$/.test(n.op)) {
      if (isConst(b, 0)) return void this.testZero(a, n.op);
      this.emit('compare', 'cmp', [], [this.value(a, 1), this.value(b, 1)]);
      this.ifThen(1);
      this.emit('compare', 'cmp<cc>', [], [this.value(a, 0), this.value(b, 0)], { readsFlags: true });
      return;
    }
    if (isConst(b, 0) && /^(lt_s|ge_s)$/.test(n.op)) {
      this.emit('compare', 'cmp #0', [], [this.value(a, 1)], { immediate: true });
      return;
    }
    const word = (v: Node, half: number) => this.value(v, half);
    this.emit('compare', 'cmp', [], [word(a, 0), word(b, 0)], { wide: 0.3 });
    this.alu('sbcs', t, [word(a, 1), word(b, 1)], { setsFlags: true, readsFlags: true, wide: 1 });
  }

  private ifThen(count: number): void {
    this.emit('if-then', `it x${count}`, [], [], { wide: 0 });
  }

  /** A comparison as a value, 0 or 1. */
  private truth(n: Node): void {
    const to = this.result(n);
    const [a, b] = n.args.map(resolve) as [Node, Node];
    if (a.type === 'i32' && isConst(b, 0)) {
      if (n.op === 'lt_s')
        return void this.emit('shift', 'lsr #31', [to], [this.value(a)], { immediate: true });
      if (n.op === 'eq') {
        const t = this.fresh();
        this.emit('shift', 'clz', [t], [this.value(a)], { wide: 1 });
        return void this.emit('shift', 'lsr #5', [to], [t], { immediate: true });
      }
    }
    this.compare(n);
    this.ifThen(2);
    this.emit('move', 'mov<cc> #1', [to], [], { immediate: true, readsFlags: true });
    this.emit('move', 'mov<cc> #0', [to], [to], { immediate: true, readsFlags: true, conditional: true });
  }

  private select(n: Node): void {
    const [c, x, y] = n.args.map(resolve) as [Node, Node, Node];
    for (const half of n.type === 'i64' ? [0, 1] : [0])
      if (this.needs(n, half) || n.type !== 'i64') this.selectHalf(n, half, c, x, y);
  }

  private selectHalf(n: Node, half: number, c: Node, x: Node, y: Node): void {
    const to = this.result(n, half);
    // The arm that ends here gives its register; an arm made for this alone is computed under the condition.
    const [kept, other] = this.keepsFirst(n, x, y) ? [x, y] : [y, x];
    const conditional = this.isLazy(other) && n.type === 'i32' && this.isOneInstruction(other);
    if (isConst(kept)) {
      const v = Number(BigInt.asIntN(32, half ? kept.value >> 32n : kept.value));
      this.compare(c);
      this.ifThen(2);
      if (isConst(other)) {
        this.emit('move', `mov<cc> #${v}`, [to], [], { immediate: true, readsFlags: true });
        this.emit('move', 'mov<cc> #', [to], [to], { immediate: true, readsFlags: true, conditional: true });
      } else {
        this.emit('move', `mov<cc> #${v}`, [to], [], { immediate: true, readsFlags: true });
        this.emit('move', 'mov<cc>', [to], [to, this.value(other, half)], {
          readsFlags: true,
          conditional: true,
        });
      }
      return;
    }
    const from = this.value(kept, half);
    const second = conditional || isConst(other) ? null : this.value(other, half);
    const need =
      !isConst(other) || isModifiedImmediate(Number(other.value)) || moveCost(Number(other.value)) === 1
        ? null
        : this.value(other, half);
    this.compare(c);
    const flags = this.flags;
    this.emit('move', 'mov', [to], [from], { copy: true, wide: 0 });
    this.ifThen(1);
    if (conditional) {
      const before = this.code.length;
      this.made.add(other);
      this.makeInto(other, to);
      for (const m of this.code.slice(before)) {
        m.readsFlags = true;
        m.conditional = true;
        m.setsFlags = false;
        m.uses = [...m.uses, to];
      }
    } else if (isConst(other) && need === null)
      this.emit('move', 'mov<cc> #', [to], [to], { immediate: true, readsFlags: true, conditional: true });
    else
      this.emit('move', 'mov<cc>', [to], [to, need ?? second!], {
        readsFlags: true,
        conditional: true,
        wide: 0,
      });
    this.flags = flags;
  }

  /** Whether a choice keeps its first arm's register: the arm that the result replaces anyway, or that ends here. */
  private keepsFirst(n: Node, x: Node, y: Node): boolean {
    const isOwnPhi = (v: Node) => v.op === 'phi' && v.args.some((a) => resolve(a) === n);
    if (isConst(x) || isConst(y)) return isConst(y);
    if (isOwnPhi(x) !== isOwnPhi(y)) return isOwnPhi(x);
    if (this.isLazy(x) !== this.isLazy(y)) return this.isLazy(y);
    return (this.users.get(x)?.length ?? 0) < (this.users.get(y)?.length ?? 0);
  }

  private isOneInstruction(n: Node): boolean {
    const [a, b] = n.args.map(resolve);
    if (!a || !b || this.isLazy(a) || this.isLazy(b)) return false;
    if (!/^(add|sub|and|or|xor|shl|shr_s|shr_u)$/.test(n.op)) return false;
    if (n.op.startsWith('sh') && !isConst(b)) return false;
    if (n.op === 'sub' && isConst(a)) return isModifiedImmediate(Number(a.value));
    return true;
  }

  private makeInto(n: Node, to: number): void {
    this.set(n, 0, to);
    this.makeNarrow(n);
  }

  // 64 bits ----------------------------------------------------------------------------------------------------

  private makeWide(n: Node): void {
    const [a, b] = n.args.map(resolve);
    const high = this.needs(n, 1);
    switch (n.op) {
      case 'param':
        this.result(n, 0);
        this.result(n, 1);
        return;
      case 'load':
        return this.access(n);
      case 'global':
        this.emit('load', 'ldr', [this.result(n, 0)], [this.instance], { address: [this.instance] });
        this.emit('load', 'ldr', [this.result(n, 1)], [this.instance], { address: [this.instance] });
        return;
      case 'wrap':
        return void this.set(n, 0, this.value(a!, 0));
      case 'sext': {
        this.set(n, 0, this.value(a!));
        if (high)
          this.emit('shift', 'asr #31', [this.result(n, 1)], [this.value(a!)], {
            immediate: true,
            wide: 0.3,
          });
        return;
      }
      case 'zext':
        this.set(n, 0, this.value(a!));
        if (high) this.set(n, 1, this.constant(0));
        return;
      case 'add':
      case 'sub':
        return this.addWide(n, a!, b!, high);
      case 'mul':
        return this.multiplyWide(n, a!, b!, high);
      case 'and':
      case 'or':
      case 'xor':
        for (const half of high ? [0, 1] : [0]) this.logicHalf(n, half, a!, b!);
        return;
      case 'shl':
      case 'shr_s':
      case 'shr_u':
        return isConst(b!)
          ? this.shiftWide(n, a!, Number(b!.value), high)
          : this.shiftWideVariable(n, a!, b!, high);
      case 'select':
        return this.select(n);
      case 'div_s':
      case 'div_u':
      case 'rem_s':
      case 'rem_u':
        this.library(
          '__aeabi_ldivmod',
          [this.result(n, 0), this.result(n, 1)],
          [this.value(a!, 0), this.value(a!, 1), this.value(b!, 0), this.value(b!, 1)],
          90,
        );
        return;
      case 'call':
        return this.call(n);
      case 'float':
        return this.float(n);
      default:
        if (isComparison(n)) return this.truth(n);
        // Rarely used operations: a few instructions on both words.
        for (const half of [0, 1]) {
          const uses = n.args.flatMap((x) =>
            x.type === 'i64' ? [this.value(x, 0), this.value(x, 1)] : [this.value(x)],
          );
          for (let i = 0; i < 4; i++) this.alu(n.op, this.result(n, half), uses);
        }
    }
  }

  private signWord(n: Node): void {
    this.emit('shift', 'asr #31', [this.result(n, 1)], [this.value(n.args[0]!)], {
      immediate: true,
      wide: 0.3,
    });
  }

  /** A factor that is a sign-extended word, as that word; null otherwise. */
  private signedWord(n: Node): Node | null {
    if (n.op === 'sext') return resolve(n.args[0]!);
    if (n.op === 'const' && BigInt.asIntN(32, n.value) === n.value) return this.g.constant('i32', n.value);
    return null;
  }

  private unsignedWord(n: Node): Node | null {
    if (n.op === 'zext') return resolve(n.args[0]!);
    if (n.op === 'const' && BigInt.asUintN(32, n.value) === n.value) return this.g.constant('i32', n.value);
    return null;
  }

  private factors(a: Node, b: Node): { words: [Node, Node]; signed: boolean } | null {
    // A negative constant is a large unsigned one to gcc, and no widening multiplication takes it.
    if ((isConst(a) && a.value < 0n) || (isConst(b) && b.value < 0n)) return null;
    for (const signed of [true, false]) {
      const word = (n: Node) => (signed ? this.signedWord(n) : this.unsignedWord(n));
      const x = word(a);
      const y = word(b);
      if (x && y) return { words: [x, y], signed };
    }
    return null;
  }

  private addWide(n: Node, a: Node, b: Node, high: boolean): void {
    if (!high)
      return n.op === 'add'
        ? this.addLow(n, a, b)
        : void this.alu('sub', this.result(n, 0), [this.value(a, 0), this.value(b, 0)]);
    if (n.op === 'add')
      for (const [x, y] of [
        [a, b],
        [b, a],
      ] as const) {
        const product = this.isLazy(x, 'mul') ? this.factors(resolve(x.args[0]!), resolve(x.args[1]!)) : null;
        if (!product) continue;
        this.made.add(x);
        const [lo, hi] = [this.result(n, 0), this.result(n, 1)];
        this.wordMove(lo, y, 0);
        this.wordMove(hi, y, 1);
        const uses = product.words.map((w) => this.value(w));
        this.emit('multiply', product.signed ? 'smlal' : 'umlal', [lo, hi], [...uses, lo, hi], {
          wide: 1,
          accumulator: lo,
        });
        return;
      }
    const [first, second] = n.op === 'add' ? ['adds', 'adc'] : ['subs', 'sbc'];
    const lowImmediate = isConst(b) && isModifiedImmediate(Number(BigInt.asIntN(32, b.value)));
    const x0 = this.value(a, 0);
    const y0 = lowImmediate ? [] : [this.value(b, 0)];
    const highWord = isConst(b) ? Number(BigInt.asIntN(32, b.value >> 32n)) : 0;
    // A high word that is only a sign comes as a shifted operand.
    const [sign, other] = this.isSign(b) ? [b, a] : n.op === 'add' && this.isSign(a) ? [a, b] : [null, a];
    const x1 = this.value(other, 1);
    const y1 = sign
      ? [this.value(sign.args[0]!)]
      : isConst(b) && isLogicalImmediate(highWord)
        ? []
        : [this.value(b, 1)];
    this.alu(first!, this.result(n, 0), [x0, ...y0], {
      setsFlags: true,
      immediate: y0.length === 0,
      wide: 0.3,
    });
    // A word that is the sign of another one comes as a shifted operand.
    this.alu(second!, this.result(n, 1), [x1, ...y1], {
      readsFlags: true,
      immediate: y1.length === 0,
      wide: 0.7,
    });
  }

  /** A widened word whose sign is wanted here alone. */
  private isSign(n: Node): boolean {
    const x = resolve(n);
    return x.op === 'sext' && (this.users.get(x)?.length ?? 0) === 1 && !this.registers.has(this.key(x, 1));
  }

  private addLow(n: Node, a: Node, b: Node): void {
    const to = this.result(n, 0);
    const immediate = isConst(b) && isAddImmediate(Number(BigInt.asIntN(32, b.value)));
    this.alu('add', to, [this.value(a, 0), ...(immediate ? [] : [this.value(b, 0)])], { immediate });
  }

  private wordMove(to: number, n: Node, half: number): void {
    this.emit('move', 'mov', [to], [this.value(n, half)], { copy: true, wide: 0 });
  }

  private multiplyWide(n: Node, a: Node, b: Node, high: boolean): void {
    if (!high)
      return void this.emit('multiply', 'mul', [this.result(n, 0)], [this.value(a, 0), this.value(b, 0)], {
        wide: 1,
      });
    const product = this.factors(a, b);
    const [lo, hi] = [this.result(n, 0), this.result(n, 1)];
    if (product) {
      const uses = product.words.map((w) => this.value(w));
      return void this.emit('multiply', product.signed ? 'smull' : 'umull', [lo, hi], uses, { wide: 1 });
    }
    const negative = isConst(b) && b.value < 0n && -b.value < 2n ** 31n;
    if (negative) {
      // x * -c = (sign(x) * -c - x) * 2^32 + x * (2^32 - c)
      const [x, c] = [this.value(a, 0), this.constant(Number(BigInt.asIntN(32, b.value)))];
      const [t, u, v] = [this.fresh(), this.fresh(), this.fresh()];
      this.alu('rsb #0', t, [x], { immediate: true });
      this.emit('multiply', 'mla', [u], [this.value(a, 1), c, t], { accumulator: t, wide: 1 });
      this.emit('multiply', 'umull', [lo, v], [x, c], { wide: 1 });
      return this.alu('add', hi, [u, v]);
    }
    const cross = this.fresh();
    const sum = this.fresh();
    const upper = this.fresh();
    this.emit('multiply', 'mul', [cross], [this.value(a, 0), this.value(b, 1)], { wide: 1 });
    this.emit('multiply', 'mla', [sum], [this.value(a, 1), this.value(b, 0), cross], {
      wide: 1,
      accumulator: cross,
    });
    this.emit('multiply', 'umull', [lo, upper], [this.value(a, 0), this.value(b, 0)], { wide: 1 });
    this.alu('add', hi, [upper, sum]);
  }

  private logicHalf(n: Node, half: number, a: Node, b: Node): void {
    const to = this.result(n, half);
    if (isConst(b)) {
      const word = Number(BigInt.asIntN(32, half ? b.value >> 32n : b.value));
      if (n.op === 'and' && word === 0) return void this.set(n, half, this.constant(0));
      if ((n.op === 'and' && word === -1) || (n.op !== 'and' && word === 0))
        return void this.set(n, half, this.value(a, half));
      if (isLogicalImmediate(word))
        return this.alu(`${n.op} #`, to, [this.value(a, half)], { immediate: true, wide: 0.8 });
    }
    // The upper word of a widened value is zero.
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const)
      if (half === 1 && x.op === 'zext')
        return void this.set(n, 1, n.op === 'and' ? this.constant(0) : this.value(y, 1));
    this.alu(n.op, to, [this.value(a, half), this.value(b, half)], { wide: 0.4 });
  }

  private shiftWide(n: Node, a: Node, by: number, high: boolean): void {
    const s = by & 63;
    const low = this.needs(n, 0);
    const funnel = (to: number, main: number, other: number) => {
      const t = this.fresh();
      this.emit('shift', 'lsr #', [t], [main], { immediate: true, wide: 0.3 });
      this.alu('orr lsl', to, [t, other], { shifted: true, wide: 1 });
    };
    if (n.op === 'shl') {
      if (s >= 32) {
        if (high) {
          if (s === 32) this.set(n, 1, this.value(a, 0));
          else
            this.emit('shift', 'lsl #', [this.result(n, 1)], [this.value(a, 0)], {
              immediate: true,
              wide: 0.3,
            });
        }
        this.set(n, 0, this.constant(0));
        return;
      }
      if (high) funnel(this.result(n, 1), this.value(a, 1), this.value(a, 0));
      this.emit('shift', 'lsl #', [this.result(n, 0)], [this.value(a, 0)], { immediate: true, wide: 0.3 });
      return;
    }
    const upper = (to: number, amount: number) =>
      this.emit('shift', n.op === 'shr_s' ? `asr #${amount}` : `lsr #${amount}`, [to], [this.value(a, 1)], {
        immediate: true,
        wide: 0.3,
      });
    if (s >= 32) {
      if (s === 32) this.set(n, 0, this.value(a, 1));
      else upper(this.result(n, 0), s - 32);
      if (high) {
        if (n.op === 'shr_u') this.set(n, 1, this.constant(0));
        else upper(this.result(n, 1), 31);
      }
      return;
    }
    if (low) funnel(this.result(n, 0), this.value(a, 0), this.value(a, 1));
    if (high) upper(this.result(n, 1), s);
  }

  private shiftWideVariable(n: Node, a: Node, b: Node, high: boolean): void {
    const amount = this.value(b, 0);
    const [x0, x1] = [this.value(a, 0), this.value(a, 1)];
    const left = n.op === 'shl';
    // 32 - n and n - 32 are computed too; outside of the loop when n does not change there.
    const invariant = this.block.loop !== null && !this.block.loop.blocks.has(resolve(b).block);
    const t1 = this.fresh();
    if (!invariant) this.alu('rsb #32', t1, [amount], { immediate: true, wide: 1 });
    const other = invariant ? amount : t1;
    const [p, q, r, s, t] = [this.fresh(), this.fresh(), this.fresh(), this.fresh(), this.fresh()] as [
      number,
      number,
      number,
      number,
      number,
    ];
    if (left) {
      if (high) {
        this.emit('shift', 'lsl', [p], [x1, amount], { wide: 0.7 });
        this.alu('sub #32', s, [amount], { immediate: true, wide: 1 });
        this.emit('shift', 'lsl', [q], [x0, s], { wide: 0.7 });
        this.alu('orr', t, [p, q], { wide: 0.5 });
        this.emit('shift', 'lsr', [r], [x0, other], { wide: 0.7 });
        this.alu('orr', this.result(n, 1), [t, r], { wide: 0.5 });
      }
      this.emit('shift', 'lsl', [this.result(n, 0)], [x0, amount], { wide: 0.7 });
      return;
    }
    if (this.needs(n, 0)) {
      const to = this.result(n, 0);
      this.emit('shift', 'lsl', [p], [x1, other], { wide: 0.9 });
      this.emit('shift', 'lsr', [q], [x0, amount], { wide: 0.9 });
      this.alu('orr', to, [p, q], { wide: 0.3 });
      this.alu('subs #32', r, [amount], { immediate: true, setsFlags: true, wide: 1 });
      if (n.op === 'shr_s') this.ifThen(2);
      this.emit('shift', 'asr', [s], [x1, r], { wide: 0.9, readsFlags: n.op === 'shr_s' });
      this.alu('orr', to, [to, s], { wide: 0.3, readsFlags: n.op === 'shr_s' });
    }
    if (high)
      this.emit('shift', n.op === 'shr_s' ? 'asr' : 'lsr', [this.result(n, 1)], [x1, amount], { wide: 0.7 });
    void t;
  }

  /** Inverse of a condition, for listings. */
  static inverse(condition: string): string {
    return inverted(condition);
  }
}

const endsSegment = /^(guard|guard64|divcheck|enter)$/;
/** Whether a value belongs to the stretch of its user; what a choice chooses from is computed before it. */
const meets = (n: Node, user: Node): boolean =>
  n.segment === user.segment || (user.op === 'select' && n.segment === user.segment - 1);
const isAccess = (n: Node): boolean => n.op === 'load' || n.op === 'store';
const isPowerOfTwo = (v: number): boolean => v > 0 && Number.isInteger(Math.log2(v));
const flagsOf = (o: Operand): Partial<Machine> => ({
  immediate: o.immediate,
  shifted: o.shifted,
  wide: o.shifted ? 1 : o.immediate ? 0.5 : 0.2,
});
