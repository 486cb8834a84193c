/**
 * Signed values of choices. wasm2c casts what it compares as signed, and gcc's PRE takes `(s32)x` of a phi x for partly redundant where an arm has been cast before: the cast
 * becomes a phi of its own. Two phis of different types are never one variable (gimple_can_coalesce_p), so what is chosen is moved twice and keeps two registers.
 *
 *   m = a < b ? a : b;  if ((s32)m < c)        # m = PHI <a, b>   # m.1 = PHI <(s32)a, (s32)b>   if (m.1 < c)
 */
import { isHotEdge } from './hot.ts';
import { isConst, resolve, type Block, type Edge, type Graph, type Node } from './ir.ts';
import { removeDead } from './optimize.ts';
import { isComparison } from './simplify.ts';
import { dominates } from './structure.ts';
import { usersOf, type Users } from './users.ts';

/** The signed value of a choice that has another one. */
export const paired = 'paired';

/** What gcc computes as signed. */
const signedResult = /^((shr|div|rem)_s)$/;
const signedOperands = /^((div|rem)_s|[lg][te]_s)$/;
/** Behind these, control may not go on. */
const mayTrap = /^(check|guard|guard64|divcheck|enter|accessor)$/;

export function choosePairs(g: Graph): void {
  const pass = new Pass(g);
  for (const b of g.blocks) pass.visit(b);
  if (!pass.changed) return;
  removeDead(g);
  pass.exchange();
}

class Pass {
  changed = false;
  private readonly g: Graph;
  private readonly users: Users;
  private readonly signed = new Map<Node, Node>();
  /** Both arms end there: each value takes the register of one. */
  private readonly ending = new Map<Node, Node>();
  private readonly anticipated: ReadonlyMap<Block, ReadonlySet<Node>>;
  /** Choices whose values are one behind cse2. */
  private readonly same = new Set<Node>();
  /** Anticipated right behind the choice. */
  private readonly wanted = new Set<Node>();

  constructor(g: Graph) {
    this.g = g;
    this.users = usersOf(g);
    this.anticipated = this.anticipate();
  }

  visit(b: Block): void {
    if (b.loop?.header !== b && b.preds.length > 1)
      for (const phi of b.phis.slice())
        if (phi.type === 'i32' && this.anticipated.get(b)!.has(phi)) this.double(phi, b.preds);
    for (const n of b.nodes.slice()) if (this.wanted.has(n)) this.double(n, null);
  }

  /** The one reads the result of the other where both are left. */
  exchange(): void {
    const left = new Set(this.g.blocks.flatMap((b) => b.nodes));
    for (const [n, twin] of this.ending)
      if (left.has(n) && left.has(twin)) twin.args = [twin.args[0]!, n, twin.args[2]!];
  }

  private double(n: Node, preds: readonly Edge[] | null): void {
    const b = n.block;
    const arms = (preds ? n.args : n.args.slice(1)).map(resolve);
    if (preds && this.isSignedAnyway(n, arms)) return;
    const there = arms.map((a, i) => this.isThere(a, preds ? preds[i]!.from : b, preds ? null : n));
    if (!there.some((yes, i) => yes && (!preds || isHotEdge(preds[i]!)))) return;
    const moved = !preds || isHalfDiamond(preds);
    // A cast that PRE would make for a constant's sake goes behind the phi again (factor_out_conditional_conversion, phiopt).
    if (moved && arms.length === 2 && arms.some((a, i) => isConst(a) && !there[1 - i])) return;
    const plain = !arms.some((a) => isConst(a) || this.signed.has(a));
    const living = plain ? arms.filter((a) => this.livesOn(a, n)).length : arms.length;
    // Conditional moves of the same to what ends there are one (cse2); copies where the ways join are none (ira).
    // Of what is the same already, what is chosen once more is the same, too.
    if (living === (moved ? 1 : 0) || arms.some((a) => this.same.has(a))) return void this.same.add(n);
    const values = arms.map((a) => this.signed.get(a) ?? a);
    const twin = preds
      ? this.g.node(b, 'phi', 'i32', values, { origin: n.origin, name: paired })
      : this.g.node(b, 'select', 'i32', [resolve(n.args[0]!), ...values], {
          chosen: n.chosen,
          origin: n.origin,
          name: paired,
        });
    if (preds) b.phis.push(twin);
    else b.nodes.splice(b.nodes.indexOf(n) + 1, 0, twin);
    this.signed.set(n, twin);
    if (living === 0 && !preds) this.ending.set(n, twin);
    for (const user of this.users.get(n) ?? [])
      if ('op' in user) user.args = user.args.map((a, i) => (resolve(a) === n && isCast(user, i) ? twin : a));
    this.changed = true;
  }

  /** A phi of values that are signed and only cast for it is signed itself (as above). */
  private isSignedAnyway({ block }: Node, arms: readonly Node[]): boolean {
    return (
      arms.length === 2 &&
      arms.every((a) => signedResult.test(a.op) && this.users.get(a)?.length === 1) &&
      arms.some((a) => !dominates(a.block, block))
    );
  }

  /** Whether anything reads a value behind a choice. */
  private livesOn(a: Node, { block: b, id }: Node): boolean {
    const readers = this.users.get(a) ?? [];
    const at = b.nodes.findIndex((n) => n.id === id);
    if (readers.some((u) => u === b || ('op' in u && u.block === b && b.nodes.indexOf(u) > at))) return true;
    const reading = new Set(readers.flatMap((u) => ('op' in u ? (u.op === 'phi' ? [] : [u.block]) : [u])));
    const ways = [...b.term.edges];
    const passed = new Set<Block>();
    for (const e of ways) {
      const i = e.to.preds.indexOf(e);
      if (e.to.phis.some((phi) => resolve(phi.args[i]!) === a)) return true;
      if (passed.has(e.to) || e.to === a.block) continue;
      passed.add(e.to);
      if (reading.has(e.to)) return true;
      ways.push(...e.to.term.edges);
    }
    return false;
  }

  /** Whether something has the signed value at the end of a block, or before a choice in it. */
  private isThere(a: Node, end: Block, before: Node | null): boolean {
    if (isConst(a) || signedResult.test(a.op) || this.signed.has(a)) return true;
    return (this.users.get(a) ?? []).some((user) => {
      if (!('op' in user) || !user.args.some((x, i) => resolve(x) === a && isCast(user, i))) return false;
      if (user.block !== end) return dominates(user.block, end);
      return !before || end.nodes.indexOf(user) < end.nodes.indexOf(before);
    });
  }

  /** By block, what is cast on every way from its start (ANTIC_IN). */
  private anticipate(): Map<Block, ReadonlySet<Node>> {
    const known = new Map<Block, ReadonlySet<Node>>();
    for (let changed = true; changed;) {
      changed = false;
      for (const b of this.g.blocks.toReversed()) {
        const now = this.above(b, behind(b, known));
        const before = known.get(b);
        if (before && before.size === now.size) continue;
        known.set(b, now);
        changed = true;
      }
    }
    this.wanted.clear();
    for (const b of this.g.blocks) this.above(b, behind(b, known));
    return known;
  }

  private above(b: Block, set: Set<Node>): Set<Node> {
    for (const n of b.nodes.toReversed()) {
      if (n.op === 'select' && n.type === 'i32' && set.has(n)) this.wanted.add(n);
      set.delete(n);
      if (mayTrap.test(n.op)) set.clear();
      n.args.forEach((a, i) => {
        if (isCast(n, i) && !isKnownOnAWay(n, resolve(a), i)) set.add(resolve(a));
      });
    }
    return set;
  }
}

/** A branch around nothing, which ce1 makes a conditional move. */
function isHalfDiamond(preds: readonly Edge[]): boolean {
  const [a, b] = preds.map(({ from }) => from) as [Block, Block];
  const around = (x: Block, y: Block) =>
    y.nodes.length === 0 && y.preds.length === 1 && y.preds[0]!.from === x;
  return preds.length === 2 && (around(a, b) || around(b, a));
}

/** What is cast on every way behind a block. */
function behind(b: Block, known: ReadonlyMap<Block, ReadonlySet<Node>>): Set<Node> {
  const ways = b.term.edges.flatMap((e) => {
    const set = known.get(e.to);
    if (!set) return [];
    const at = e.to.preds.indexOf(e);
    return [new Set([...set].map((n) => (n.op === 'phi' && n.block === e.to ? resolve(n.args[at]!) : n)))];
  });
  const [first, ...others] = ways;
  return new Set([...(first ?? [])].filter((n) => !isConst(n) && others.every((o) => o.has(n))));
}

/** Whether gcc casts an operand for an operation. */
function isCast(n: Node, at: number): boolean {
  const args = n.args.map(resolve);
  const [a, b] = args;
  if (a?.type !== 'i32' || isConst(args[at]!)) return false;
  if (n.op === 'shr_s' || n.op === 'sext' || (n.op === 'float' && n.name.endsWith('convert_i32_s')))
    return at === 0;
  // Two narrow values are compared as they are.
  return signedOperands.test(n.op) && !(isComparison(n) && [a, b!].every((x) => isNarrow(x) || isConst(x)));
}

const isNarrow = (n: Node): boolean =>
  (n.op === 'load' && n.bytes < 4) || n.op === 'ext8' || n.op === 'ext16';

/**
 * Whether a constant that may be chosen says what comes out: a branch behind it is led past, and anything else PRE works out on the other ways only, so nobody asks for the cast.
 */
function isKnownOnAWay(n: Node, choice: Node, at: number): boolean {
  const other = n.args.map(resolve).find((_, i) => i !== at);
  if (other && !isConst(other)) return false;
  return mayBeConstant(choice, isComparison(n) ? 2 : 1);
}

function mayBeConstant(choice: Node, deep: number): boolean {
  const { op, block: b } = choice;
  if ((op !== 'phi' || b.loop?.header === b) && op !== 'select') return false;
  const arms = choice.args.slice(op === 'phi' ? 0 : 1).map(resolve);
  return arms.some((a) => isConst(a) || (deep > 1 && mayBeConstant(a, deep - 1)));
}
