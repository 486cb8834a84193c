/**
 * Uses of growing values in a loop (tree-ssa-loop-ivopts.cc, find_interesting_uses). ARM counts as strictly aligned, so only byte accesses
 * are address uses; wider ones, which wasm2c makes unaligned, use their pointer as a plain value, a value of its own for each offset.
 */
import type { Users } from '../users.ts';
import { resolve, type Block, type LoopNode, type Node } from '../ir.ts';
import {
  addForms,
  constantForm,
  formKey,
  isZeroForm,
  type Evolution,
  type Evolutions,
  type Linear,
} from '../linear.ts';
import { isComparison } from '../simplify.ts';
import { loopBody, type Stretch } from './loop-body.ts';
import { inBits, type Conversions } from './narrow-values.ts';

/** Before the node at `index`; -1 is among the phis, the number of nodes is the block's branch. */
export interface Place {
  block: Block;
  index: number;
}

export interface Use {
  kind: 'address' | 'value' | 'compare';
  /** The growing value; `offset` is added to it. */
  node: Node;
  offset: number;
  base: Linear;
  step: Linear;
  at: Place;
  /** Loads and stores that use it. Of an address use: one. */
  accesses: Node[];
  /** Of a comparison: itself (or the value, where a branch asks whether it is zero), and what the value is compared with, null when that changes in the loop. */
  test?: Node;
  bound?: Linear | null;
  /** 32; 64 in checks that were not narrowed, which only variables of as many can serve; 8 and 16 of what is stored as a byte or halfword. */
  bits: number;
  /** The branch that a comparison decides, where it only does that. */
  branch?: Block;
}

export interface Group {
  kind: Use['kind'];
  uses: Use[];
  /** Candidates that are tried for it where there are too many for all. */
  related: Set<number>;
}

export interface Uses {
  groups: Group[];
  /** Registers that the loop takes whatever is chosen: other values that come round, and invariants that are used as they are. */
  used: Set<Node>;
  registers: number;
}

export const isAccess = (n: Node): boolean => n.op === 'load' || n.op === 'store';
/** What reads or writes the instance, whose pointer is a value like any other. */
const usesInstance = /^(base|size|pages|global|setglobal|call)$/;

/** `fits`: whether a growing value stays within 32 bits, so that it grows as well when it is widened. */
export function findUses(
  loop: LoopNode,
  evolutions: Evolutions,
  users: Users,
  fits: (n: Node, e: Evolution) => boolean,
  conversions: Conversions,
): Uses {
  return new Finder(loop, evolutions, users, fits, conversions).find();
}

class Finder {
  private readonly loop: LoopNode;
  private readonly evolutions: Evolutions;
  private readonly users: Users;
  private readonly fits: (n: Node, e: Evolution) => boolean;
  private readonly conversions: Conversions;
  private readonly groups: Group[] = [];
  private readonly values = new Map<string, Use>();
  private readonly used = new Set<Node>();
  private readonly sums = new Set<string>();
  private instance = false;
  private left = false;

  constructor(
    loop: LoopNode,
    evolutions: Evolutions,
    users: Users,
    fits: (n: Node, e: Evolution) => boolean,
    conversions: Conversions,
  ) {
    this.fits = fits;
    this.conversions = conversions;
    this.loop = loop;
    this.evolutions = evolutions;
    this.users = users;
  }

  find(): Uses {
    for (const s of loopBody(this.loop)) this.visit(s);
    const groups = splitAddressGroups(this.groups);
    const others = this.loop.header.phis.filter(
      (p) => !this.grows(p) && (p.type === 'i32' || p.type === 'i64'),
    );
    return {
      groups,
      used: this.used,
      registers: others.length + this.used.size + this.sums.size + Number(this.instance),
    };
  }

  private grows(n: Node): boolean {
    if (!this.evolutions.inside(n)) return false;
    const e = this.evolutions.of(n);
    return e !== null && !isZeroForm(e.step);
  }

  private visit(s: Stretch): void {
    const { block } = s;
    if (s.last && block.term.edges.some((e) => !this.loop.blocks.has(e.to))) this.leave(block);
    if (s.first)
      for (const phi of block.phis) if (!this.grows(phi)) phi.args.forEach((a) => this.operand(resolve(a)));
    for (let i = s.from; i < s.to; i++) this.statement(block.nodes[i]!, { block, index: i });
    if (s.last && 'condition' in block.term) {
      const test = resolve(block.term.condition);
      const alone = (this.users.get(test) ?? []).length === 1;
      if (isComparison(test) && this.evolutions.inside(test) && alone)
        this.compare(test, { block, index: block.nodes.length }, block);
      else if (this.grows(test))
        this.group(test, { block, index: block.nodes.length }, test, constantForm(0), block);
      else this.operand(test);
    }
  }

  /** Values that are wanted behind the loop. */
  private leave(block: Block): void {
    for (const { to } of block.term.edges) {
      if (this.loop.blocks.has(to)) continue;
      to.preds.forEach((e, i) => {
        if (e.from === block) for (const phi of to.phis) this.operand(resolve(phi.args[i]!));
      });
    }
    if (this.left) return;
    this.left = true;
    for (const b of this.loop.blocks)
      for (const n of [...b.phis, ...b.nodes])
        if (this.grows(n) && (this.users.get(n) ?? []).some((u) => this.isOutside(u))) this.operand(n);
  }

  private isOutside(user: Node | Block): boolean {
    return !this.loop.blocks.has('op' in user ? user.block : user);
  }

  private statement(n: Node, at: Place): void {
    if (usesInstance.test(n.op)) this.instance = true;
    if (this.grows(n)) return;
    const bits = this.conversions.get(n);
    if (bits !== undefined) return this.converted(n, bits);
    if (isAccess(n)) return this.access(n, at);
    // Its parts are looked at where it is used, with the offset.
    if (n.op === 'address' && (this.users.get(n) ?? []).every((u) => 'op' in u && isAccess(u))) return;
    if (n.op === 'guard' || n.op === 'guard64') return this.check(n, at);
    if (isComparison(n)) {
      const [user] = this.users.get(n) ?? [];
      // A branch's own comparison is looked at with the branch.
      if (user && !('op' in user) && this.users.get(n)!.length === 1) return;
      return this.compare(n, at);
    }
    for (const a of n.args) this.operand(resolve(a));
  }

  private access(n: Node, at: Place): void {
    const pointer = resolve(n.args[0]!);
    if (this.grows(pointer)) {
      if (n.bytes === 1 && memoryObject(this.evolutions.of(pointer)!.base)) this.address(pointer, n, at);
      else this.operand(pointer, n.offset, n, at);
    } else if (pointer.op === 'address') {
      const [base, index] = pointer.args.map(resolve) as [Node, Node];
      const outside = !this.evolutions.inside(base) && !this.evolutions.inside(index);
      if (outside && pointer.args.every((a) => a.op !== 'const')) this.sums.add(`${pointer.id}+${n.offset}`);
      else {
        this.operand(base);
        if (index.op !== 'const' && !this.evolutions.inside(index) && n.offset !== 0)
          this.sums.add(`${index.id}+${n.offset}`);
        else this.operand(index, n.offset, n, at);
      }
    } else this.operand(pointer);
    for (const a of n.args.slice(1)) this.operand(resolve(a));
  }

  /** A value that is used as it is. */
  private operand(n: Node, offset = 0, access: Node | null = null, at: Place | null = null): void {
    if (n.op === 'const') return;
    if (!this.evolutions.inside(n)) {
      this.used.add(n);
      return;
    }
    if (!this.grows(n)) return;
    const key = `${n.id}+${offset}`;
    let use = this.values.get(key);
    if (!use) {
      const { base, step } = this.evolutions.of(n)!;
      const place = offset !== 0 && at ? at : this.definition(n);
      use = {
        kind: 'value',
        node: n,
        offset,
        base: addForms(base, constantForm(offset)),
        step,
        at: place,
        accesses: [],
        bits: 32,
      };
      this.values.set(key, use);
      this.groups.push({ kind: 'value', uses: [use], related: new Set() });
    }
    if (access) use.accesses.push(access);
  }

  private converted(n: Node, bits: number): void {
    const { base, step } = this.evolutions.of(n.args[0]!)!;
    const use: Use = {
      kind: 'value',
      node: n,
      offset: 0,
      base: { terms: base.terms, constant: inBits(base.constant, bits) },
      step: constantForm(inBits(step.constant, bits)),
      at: this.definition(n),
      accesses: [],
      bits,
    };
    this.groups.push({ kind: 'value', uses: [use], related: new Set() });
  }

  private definition(n: Node): Place {
    return { block: n.block, index: n.op === 'phi' ? -1 : n.block.nodes.indexOf(n) };
  }

  private address(pointer: Node, access: Node, at: Place): void {
    const { base, step } = this.evolutions.of(pointer)!;
    const own = addForms(base, constantForm(access.offset));
    const use: Use = {
      kind: 'address',
      node: pointer,
      offset: access.offset,
      base: own,
      step,
      at,
      accesses: [access],
      bits: 32,
    };
    const group = this.groups.find(
      ({ kind, uses: [u] }) =>
        kind === 'address' &&
        memoryObject(u!.base) === memoryObject(own) &&
        formKey(u!.step) === formKey(step) &&
        formKey(u!.base, false) === formKey(own, false),
    );
    if (group) group.uses.push(use);
    else this.groups.push({ kind: 'address', uses: [use], related: new Set() });
  }

  private compare(test: Node, at: Place, branch?: Block): void {
    const sides = test.args.map(resolve);
    const growing = sides.filter((a) => this.grows(a));
    if (growing.length === 0) {
      for (const a of sides) this.operand(a);
      return;
    }
    for (const n of growing) {
      const other = sides[0] === n ? sides[1]! : sides[0]!;
      const bound = this.grows(other) || this.evolutions.inside(other) ? null : this.evolutions.of(other);
      this.group(n, at, test, bound?.base ?? null, branch);
    }
  }

  /** A bounds check: of 32 bits as it is, of 64 where the sum or the comparison was not narrowed. */
  private check(n: Node, at: Place): void {
    const [address, size] = n.args.map(resolve) as [Node, Node];
    if (n.op === 'guard' && n.name === '') return this.compare(n, at);
    const e = this.grows(address) && n.args.length === 2 ? this.evolutions.of(address) : null;
    if (!e || !this.fits(address, e)) {
      for (const a of n.args) this.operand(resolve(a));
      return;
    }
    const bound = this.evolutions.inside(size) ? null : this.evolutions.of(size);
    const reach = n.op === 'guard64' ? n.offset + n.bytes : 0;
    this.group(address, at, n, bound?.base ?? null, undefined, reach, 64);
  }

  private group(
    node: Node,
    at: Place,
    test: Node,
    bound: Linear | null,
    branch?: Block,
    offset = 0,
    bits = 32,
  ): void {
    const { base, step } = this.evolutions.of(node)!;
    const use: Use = {
      kind: 'compare',
      node,
      offset,
      base: addForms(base, constantForm(offset)),
      step,
      at,
      accesses: [],
      test,
      bound,
      bits,
      ...(branch ? { branch } : {}),
    };
    this.groups.push({ kind: 'compare', uses: [use], related: new Set() });
  }
}

/** The pointer that an address is made from. */
export function memoryObject(form: Linear): Node | null {
  for (const n of form.terms.keys()) if (isPointer(n)) return n;
  return null;
}

/** Whether a value is the memory's pointer as it was read on one of the ways that meet there. */
function isPointer(n: Node, seen: Set<Node> = new Set<Node>()): boolean {
  if (n.op === 'base' || n.op === 'address') return true;
  if (n.op !== 'phi' || seen.has(n)) return false;
  seen.add(n);
  return n.args.some((a) => resolve(a).op !== 'address' && isPointer(resolve(a), seen));
}

/** Offsets of a byte access (Thumb-2). */
export const isOffset = (offset: number): boolean => offset > -256 && offset < 4096;

/** Uses of one pointer stay together where they are many, and where an offset reaches (split_address_groups). */
function splitAddressGroups(groups: Group[]): Group[] {
  let distinct = 1;
  for (const { uses } of groups) {
    if (uses.length === 1) continue;
    uses.sort((x, y) => (x.base.constant >>> 0) - (y.base.constant >>> 0));
    if (distinct > 2) continue;
    distinct = new Set(uses.map((u) => u.base.constant)).size;
  }
  const always = distinct <= 2;
  for (let i = 0; i < groups.length; i++) {
    const { kind, uses } = groups[i]!;
    if (uses.length === 1) continue;
    const first = uses[0]!.base.constant;
    const stays = (u: Use) => {
      const away = (u.base.constant - first) | 0;
      return away === 0 || (!always && isOffset(away));
    };
    const others = uses.filter((u) => !stays(u));
    if (others.length === 0) continue;
    groups[i]!.uses = uses.filter(stays);
    groups.push({ kind, uses: others, related: new Set() });
  }
  return groups;
}
