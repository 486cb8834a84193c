/**
 * Bounds checks as gcc leaves them. wasm2c compares (u64) address + (offset + width) with (u64) length.
 *
 *   the sum fits 32 bits, and nothing else widens the address   the sum shrinks to 32 bits (vrp1, match.pd)
 *   and the length's widened name comes behind the sum's        so does the comparison ("guard"; inline-order.ts has the names)
 *   or it comes before                                          cmp and sbcs over zero high words ("wide")
 *   otherwise                                                   adds, adc, cmp, sbcs ("guard64")
 *
 * A check that passed bounds the length from below, which makes checks of lower addresses vanish.
 * Division checks vanish where ranges rule the trap out.
 */
import { full, isFull, top } from './arcs.ts';
import { dropHeld } from './bounded-accesses.ts';
import { copyHeaders, type CopiedChecks } from './copy-headers.ts';
import { copyUnchecked } from './copy-unchecked.ts';
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { isLate } from './inline-order.ts';
import { Evolutions } from './linear.ts';
import { lowestBit } from './lowest-bit.ts';
import { hasEffect } from './optimize.ts';
import { Ranges } from './ranges.ts';
import { sharedEnds } from './shared-ends.ts';
import { shareWidenings } from './shared-widenings.ts';
import { signedRange } from './signed-range.ts';
import { dominates } from './structure.ts';
import { simplify, type Make } from './simplify.ts';

export function shrinkChecks(g: Graph): void {
  dropHeld(g);
  let ranges = new Ranges();
  let known = judge(g, ranges);
  keepRanges(g, ranges);
  const copies = copyHeaders(g, (n) => known.get(n) ?? withConstantEnd);
  if (copies.size > 0) {
    dropHeld(g);
    ranges = new Ranges();
    known = judge(g, ranges, { copies, judged: known });
  }
  const wide = comparedWide(g, known, copies);
  const tested = new Map<Node, Block>();
  for (const b of g.blocks) {
    const out: Node[] = [];
    for (const n of b.nodes) {
      if (n.op === 'divcheck' && !keepsDivisorCheck(n, b, ranges, tested)) continue;
      const check = known.get(n);
      if (!check) {
        out.push(n);
        continue;
      }
      if (check.passed) continue;
      const [address, size] = n.args.map(resolve) as [Node, Node];
      if (!check.narrow) {
        n.op = 'guard64';
        out.push(n);
        continue;
      }
      const make: Make = (op, type, args, extra = {}) => {
        const node = g.node(b, op, type, args, { ...extra, origin: n.origin });
        const simpler = simplify(g, node, make);
        if (simpler) return simpler;
        const twin = out.find(
          (x) =>
            x.op === op &&
            !hasEffect(x) &&
            x.args.length === args.length &&
            x.args.every((a, i) => resolve(a) === args[i]),
        );
        if (twin) return twin;
        out.push(node);
        return node;
      };
      const end = check.above
        ? resolve(check.above.args[0]!)
        : make('add', 'i32', [address, g.constant('i32', BigInt(n.offset + n.bytes))]);
      n.op = 'guard';
      if (check.countable && !isConst(end)) n.name = 'counted';
      else if (wide.has(n)) n.name = 'wide';
      n.args = [end, size];
      out.push(n);
    }
    b.nodes = out;
  }
  shareWidenings(g, copies);
  if (copies.size > 0) copyUnchecked(g, copies);
}

function keepRanges(g: Graph, ranges: Ranges): void {
  for (const { header } of g.loops)
    for (const phi of header.phis) {
      const range = phi.type === 'i32' ? ranges.of(phi) : full;
      if (!isFull(range)) g.ranges.set(phi, range);
    }
}

/** What is compared with a constant. */
const withConstantEnd = { early: false, outside: true };

/** How likely each trap of a division is, early: what only ranges rule out stays a branch that is never taken, the rest is gone. */
export function divisionTraps(n: Node, b: Block, ranges: Ranges, cheapBranches: boolean): number[] {
  const [dividend, divisor] = n.args.map(resolve) as [Node, Node];
  const traps: number[] = [];
  if (isSmallSum(divisor)) return traps;
  const signed = ranges.signedAt(divisor, b);
  const positive = signed.low > 0 && signed.high < 2 ** 31;
  const range = ranges.at(divisor, b);
  const nonzero = positive || (divisor.type === 'i32' && range.low > 0);
  if (!isNonzero(divisor, b)) traps.push(nonzero ? 0 : unlikely);
  if (n.name !== 'div_s') return traps;
  if (isConst(dividend)) return traps;
  const small = divisor.type === 'i32' && ranges.signedAt(dividend, b).low > -(2 ** 31);
  // Two tests, each of them unlikely, or one of both.
  const allOnes = nonzero ? range.high < top : false;
  traps.push(positive || allOnes || small ? 0 : cheapBranches ? unlikely ** 2 : unlikely);
  return traps;
}

/** A positive constant and what has its upper bits clear: neither zero nor minus one. */
function isSmallSum(n: Node): boolean {
  const [x, y] = n.args.map(resolve);
  if (n.op !== 'add' || n.type !== 'i32' || !isConst(y!) || y.value <= 0n) return false;
  const [, by] = x!.args.map(resolve);
  let high = -1;
  if (x!.op === 'load' && !x!.signed && x!.bytes < 4) high = 256 ** x!.bytes - 1;
  else if (by && isConst(by) && by.value > 0n)
    high = x!.op === 'and' ? Number(by.value) : x!.op === 'shr_u' ? 2 ** (32 - Number(by.value)) - 1 : -1;
  return high >= 0 && high + Number(y.value) < top;
}

/** What wasm2c marks so. */
const unlikely = 0.1;

/** What ranges say of a check. */
interface Judged {
  /** A check before it bounds the length already. */
  passed: boolean;
  /** And this is known before the headers of loops are copied. */
  early: boolean;
  /** Its length was read by a check before the loop, in no loop of its own: that is the same value before anything leaves loops. */
  outside: boolean;
  /** The least that its end can be. */
  low: number;
  /** Its sum fits 32 bits. */
  fits: boolean;
  /** Its end is compared in 32 bits, or could be. */
  narrow: boolean;
  /** Its widened end is compared with the widened length that others compare with too. */
  shares: boolean;
  /** The first round's check was copied out with the loop's test (copy-headers.ts). So gcc can count the iterations up to the trap, and the check becomes a test of a 64-bit counter. */
  countable: boolean;
  /** The check whose widened address is this one's end (shared-ends.ts). */
  above: Node | null;
}

/**
 * What passed checks say of each length: the least that it can be. While loops test at their tops (vrp1), what is inside of one says nothing of what comes behind. Once they test at their bottoms
 * (dom2), it does, but lengths that accessors of the early inliner read are others to that pass than those of the late one, which has split their arguments (ipa-sra).
 */
interface Least {
  atTop: Map<Node, number>;
  early: Map<Node, number>;
  late: Map<Node, number>;
}

/** Checks that were copied with headers, and what was known before. */
interface Before {
  copies: CopiedChecks;
  judged: ReadonlyMap<Node, Judged>;
}

function judge(g: Graph, ranges: Ranges, before?: Before): Map<Node, Judged> {
  const judged = new Map<Node, Judged>();
  const least = new Map<Block, Least>();
  const reaches = reachesOf(g);
  const copied = new Set(before?.copies.values());
  const fits = (n: Node) =>
    before?.judged.get(n)?.fits ?? ranges.at(n.args[0]!, n.block).high + n.offset + n.bytes <= top;
  const neighbours = sharedEnds(g, fits);
  for (const b of g.blocks) {
    const above = b.dominator ? least.get(b.dominator) : undefined;
    const turning = dominatorBeforeTurning(b);
    const known: Least = {
      atTop: new Map(turning ? least.get(turning)!.atTop : []),
      early: new Map(above?.early),
      late: new Map(above?.late),
    };
    least.set(b, known);
    for (const n of b.nodes) {
      if (n.op !== 'check') continue;
      const [address, size] = n.args.map(resolve) as [Node, Node];
      const reach = n.offset + n.bytes;
      const range = ranges.at(address, b);
      const alike = isLate(n) ? known.late : known.early;
      const atTop = known.atTop.get(size) ?? 0;
      const bound = Math.max(atTop, alike.get(size) ?? 0);
      const sum = fits(n) && reaches.get(address)!.size === 1;
      const passed = range.high + reach <= bound;
      const original = before?.copies.get(n);
      const low = range.low + reach;
      const lowAtTop = original ? before!.judged.get(original)!.low : low;
      if (!passed) {
        alike.set(size, Math.max(alike.get(size) ?? 0, low));
        known.atTop.set(size, Math.max(atTop, lowAtTop));
      }
      const preheader = b.loop && !b.loop.blocks.has(size.block) ? b.loop.preheader : null;
      const outside = preheader ? (least.get(preheader)?.atTop.has(size) ?? false) : false;
      const countable = copied.has(n) && new Evolutions(b.loop!).of(address) !== null;
      judged.set(n, {
        passed,
        early: before?.judged.get(n)?.early ?? range.high + reach <= atTop,
        outside,
        low,
        fits: fits(n),
        narrow: sum || isConst(address) || (neighbours.has(n) && !passed),
        shares: !passed && !isConst(address),
        countable,
        above: passed ? null : (neighbours.get(n) ?? null),
      });
    }
  }
  for (const { above } of judged.values()) {
    const check = above && judged.get(above)!;
    if (check && !check.above) check.narrow = false;
  }
  return judged;
}

/**
 * Which checks go on to compare 64 bits though their end fits 32. A comparison keeps the lower name first, and loses the widening where that has no other use by then.
 * Accessors that the early inliner took come first (evrp), when loops still test at their tops: what is inside of one dominates nothing behind it. The others
 * follow (forwprop behind dom2), and meet the widened lengths that the first left.
 */
function comparedWide(g: Graph, judged: ReadonlyMap<Node, Judged>, copies: CopiedChecks): Set<Node> {
  // A copy's own sum has the latest of names.
  const named = new Map([...copies].map(([copy, { rank }]) => [copy, rank]));
  for (const copy of copies.keys()) copy.rank += copiedRank;
  const early = narrowInOrder(g, judged, (n) => !isLate(n), named, true);
  const left = (n: Node) => isLate(n) || early.has(n) || !judged.get(n)!.narrow;
  return narrowInOrder(g, judged, left, named, false);
}

/** More than the ranks of all checks as they are written. */
const copiedRank = 2 ** 40;

/** One pass over the comparisons; `named` keeps the rank of the check that each one's widened length has its name from. */
function narrowInOrder(
  g: Graph,
  judged: ReadonlyMap<Node, Judged>,
  takes: (n: Node) => boolean,
  named: Map<Node, number>,
  untilTurned: boolean,
): Set<Node> {
  const lengths = new Map<Node, { rank: number; uses: number }>();
  const known = new Map<Block, Map<Node, { rank: number; uses: number }>>();
  for (const b of g.blocks) {
    const above = untilTurned ? dominatorBeforeTurning(b) : b.dominator;
    const here = new Map(above ? known.get(above) : []);
    known.set(b, here);
    for (const n of b.nodes) {
      if (n.op !== 'check') continue;
      const size = resolve(n.args[1]!);
      // What compares a constant, or is known to hold, gives the widened length its name all the same.
      if (!judged.get(n)!.shares && (!untilTurned || !isLate(n)) && !here.has(size))
        here.set(size, { rank: named.get(n) ?? n.rank, uses: 0 });
      if (!judged.get(n)!.shares || !takes(n)) continue;
      const length = here.get(size) ?? { rank: named.get(n) ?? n.rank, uses: 0 };
      length.uses++;
      here.set(size, length);
      lengths.set(n, length);
      named.set(n, length.rank);
    }
  }
  const wide = new Set<Node>();
  for (const [n, length] of lengths) {
    const { narrow, above } = judged.get(n)!;
    if (!narrow) continue;
    const first = above ? above.rank > length.rank : n.rank > length.rank;
    const others = above && !judged.get(above)!.passed && !judged.get(above)!.above;
    if (first ? length.uses > 1 : others) wide.add(n);
    else length.uses--;
  }
  return wide;
}

/** The dominator of a block while loops test at their tops. */
function dominatorBeforeTurning(b: Block): Block | null {
  let above = b.dominator;
  for (;;) {
    let loop = above?.loop ?? null;
    while (loop && (loop.blocks.has(b) || !loop.header.rotated)) loop = loop.parent;
    if (!above || !loop) return above;
    while (above && loop.blocks.has(above)) above = above.dominator;
  }
}

/** @param tested Where divisors were looked at first. */
function keepsDivisorCheck(n: Node, b: Block, ranges: Ranges, tested: Map<Node, Block>): boolean {
  const [dividend, divisor] = n.args.map(resolve) as [Node, Node];
  const range = ranges.at(divisor, b);
  const signed = signedRange(divisor, ranges);
  if (signed.low > 0 && signed.high < 2 ** 31) return false;
  if (divisor.type === 'i32' && range.low > 0 && range.high < top) return false;
  const before = tested.get(divisor);
  if (!before) tested.set(divisor, b);
  const zero = !isNonzero(divisor, b) && !(before && dominates(before, b));
  // What is even is not minus one.
  const overflow =
    n.name.endsWith('_s') &&
    lowestBit(divisor) !== 0 &&
    !(divisor.type === 'i32' && signedRange(dividend, ranges).low > -(2 ** 31));
  if (!zero && !overflow) return false;
  if (n.name.endsWith('_s') && !overflow) n.name = 'zero';
  else if (!zero) n.name = 'overflow';
  return true;
}

/** How far beyond each address checks reach: match.pd narrows the sum of an address only where nothing else widens the address. */
function reachesOf(g: Graph): Map<Node, Set<number>> {
  const reaches = new Map<Node, Set<number>>();
  for (const b of g.blocks)
    for (const n of b.nodes) {
      if (n.op !== 'check') continue;
      const address = resolve(n.args[0]!);
      reaches.set(address, (reaches.get(address) ?? new Set()).add(n.offset + n.bytes));
    }
  return reaches;
}

/** Whether every way to a block tested the value against zero. */
function isNonzero(value: Node, b: Block): boolean {
  const n = resolve(value);
  if (hasBit(n)) return true;
  for (let x: Block = b; x.dominator; x = x.dominator)
    if (x.preds.length === 1 && tests(x.preds[0]!.from, x, n)) return true;
  return (
    n.op === 'phi' &&
    n.args.every((a, i) => {
      const from = n.block.preds[i]!.from;
      const arg = resolve(a);
      return (isConst(arg) && arg.value !== 0n) || tests(from, n.block, arg) || hasBit(arg);
    })
  );
}

/** Whether a bit of the value is always set. */
export const hasBit = (n: Node): boolean =>
  n.op === 'or' && n.args.some((x) => isConst(resolve(x)) && resolve(x).value !== 0n);

/** Whether a block goes on to another only when a value is not zero. */
function tests(from: Block, to: Block, n: Node): boolean {
  const { term } = from;
  if (term.kind !== 'branch') return false;
  const condition = resolve(term.condition);
  if (condition === n) return term.edges[0].to === to;
  if (
    !/^(eq|ne)$/.test(condition.op) ||
    resolve(condition.args[0]!) !== n ||
    !isConst(resolve(condition.args[1]!), 0)
  )
    return false;
  return term.edges[condition.op === 'ne' ? 0 : 1].to === to;
}
