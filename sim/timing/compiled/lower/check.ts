/** What traps: bounds checks of 32-bit and counted addresses, divisors, depth of the call stack. A check falls through when it passes. */
import { isHot } from '../hot.ts';
import { isConst, resolve, type Block, type LoopNode, type Node } from '../ir.ts';
import { Evolutions, isConstantForm } from '../linear.ts';
import { isCompareImmediate } from '../machine.ts';
import { dominates } from '../structure.ts';
import { flagsOf, operand } from './operand.ts';
import type { Lowering } from './lowering.ts';
import { sumBefore } from './same-sums.ts';

export function guard(l: Lowering, n: Node): void {
  const [end, size] = n.args.map(resolve) as [Node, Node];
  if (isConst(end)) {
    const o = operand(l, end, isCompareImmediate);
    l.emit('compare', 'cmp size', [], [l.value(size), ...o.uses], {
      immediate: o.immediate,
      wide: 0.5,
    });
  } else if (n.name === 'counted' && l.block.loop?.preheader && countsUp(l, l.block.loop, end))
    return countedGuard(l, end, size);
  else if (n.name === 'wide' || end.type === 'i64') return wideGuard(l, end, size);
  else l.emit('compare', 'cmp end', [], [l.value(end), l.value(size)], { wide: 0 });
  l.branch('bhi trap', [], 0, false, true);
}

/** A length compared in 64 bits with a 32-bit value, whose high word is zero, or with a counter of 64. */
function wideGuard(l: Lowering, end: Node, size: Node): void {
  const zero = l.constant(0);
  const high = end.type === 'i64' ? [l.value(end, 1)] : [];
  l.emit('compare', 'cmp', [], [l.value(size), l.value(end)], { wide: 0 });
  l.alu('sbcs', l.fresh(), [zero, ...high], { setsFlags: true, readsFlags: true, wide: 1 });
  l.branch('bcc trap', [], 0, false, true);
}

/** What it costs to work out where a variable that grows by more than one would trap: a widening, a difference, a division and a multiplication in 64 bits. */
const leapCost = 8 + 8 + 8 + 12;

/**
 * In a loop that is made small, the count at which a check would trap costs more than the comparison with the length (determine_group_iv_cost_cond), and so does one that takes a division unless that is spread over more
 * rounds (adjust_setup_cost).
 */
function countsUp(l: Lowering, { header }: LoopNode, end: Node): boolean {
  if (end.type !== 'i64') return true;
  return isHot(header.count) && (!leapsOver(header, end) || (l.trips.get(header) ?? 0) > leapCost);
}

/** A variable of 64 bits that grows by more than one. */
const leapsOver = (header: Block, end: Node): boolean =>
  end.op === 'phi' &&
  end.block === header &&
  end.args.some((a) => {
    const next = resolve(a);
    const [x, step] = next.args.map(resolve);
    return next.op === 'add' && x === end && isConst(step!) && step.value !== 1n;
  });

/** The check as a test of a 64-bit counter against the count at which it would trap. */
function countedGuard(l: Lowering, end: Node, size: Node): void {
  const home = l.block.loop!.preheader!;
  const own = end.type === 'i64';
  const [low, high, counter] = [l.fresh(), l.fresh(), own ? l.value(end, 1) : l.fresh()];
  const saved = l.code;
  if (!l.hoisted.has(home)) l.hoisted.set(home, []);
  l.code = l.hoisted.get(home)!;
  l.alu('adds', low, [l.value(size)], { setsFlags: true, wide: 1 });
  l.alu('adc', high, [low], { readsFlags: true, wide: 1 });
  if (!own) l.emit('move', 'mov #0', [counter], [], { immediate: true });
  l.code = saved;
  const last = own ? null : lastValue(l, l.block.loop!, end);
  if (last !== null) l.counters.set(l.block.loop!, { low: l.value(end), high: counter, end: last });
  if (!own) l.alu('adc', counter, [counter], { immediate: true, readsFlags: true, wide: 1 });
  l.emit('compare', 'cmp', [], [counter, high], { wide: 0 });
  l.ifThen(1);
  l.emit('compare', 'cmp<cc>', [], [l.value(end), low], { readsFlags: true, wide: 0 });
  l.branch('beq trap', [], 0, false, true);
}

/** What a variable of a loop has become at the end, where that is known when the loop is compiled. */
function lastValue(l: Lowering, loop: LoopNode, variable: Node): number | null {
  const trips = l.trips.get(loop.header);
  const evolution = new Evolutions(loop).of(variable);
  if (trips === undefined || !evolution || !isConstantForm(evolution.base) || !isConstantForm(evolution.step))
    return null;
  return evolution.base.constant + evolution.step.constant * (trips - 1);
}

/**
 * The end of a loop whose check counts in 64 bits up to a known value: gcc keeps that counter alone (tree-ssa-loop-ivopts.c), and
 * asks whether both its words are there.
 */
export function counterTest(
  l: Lowering,
  { low, high, end }: { low: number; high: number; end: number },
): void {
  const left = l.fresh();
  const o = operand(l, l.g.constant('i32', BigInt(-end)), isCompareImmediate);
  l.alu('adds', left, [low, ...o.uses], { ...flagsOf(o), setsFlags: true, wide: 0.7 });
  l.alu('orrs', l.fresh(), [left, high], { setsFlags: true, wide: 0.5 });
}

/** The sum of an address and a constant, or a length that is known only when it runs, in 64 bits. */
export function guard64(l: Lowering, n: Node): void {
  const [address, size, length] = n.args.map(resolve) as [Node, Node, Node?];
  if (address.type === 'i64') {
    // The sum itself comes round the loop.
    l.emit('compare', 'cmp', [], [l.value(size), l.value(address, 0)], { wide: 0 });
    const none = l.constant(0);
    l.alu('sbcs', l.fresh(), [none, l.value(address, 1)], { setsFlags: true, readsFlags: true, wide: 1 });
    l.branch('bcc trap', [], 0, false, true);
    return;
  }
  const same = length ? null : sumBefore(l, address, n);
  const { low, high } = wideEnd(l, n, address, length);
  const zero = l.constant(0);
  l.emit('compare', 'cmp', [], [l.value(size), same ?? low], { wide: 0 });
  l.alu('sbcs', l.fresh(), [zero, high], { setsFlags: true, readsFlags: true, wide: 1 });
  l.branch('bcc trap', [], 0, false, true);
}

/** An end that another check made already is that value, whatever length it is compared with. */
function wideEnd(l: Lowering, n: Node, address: Node, length?: Node): { low: number; high: number } {
  const key = `${address.id}+${length ? `n${length.id}` : n.offset + n.bytes}`;
  const before = l.ends.get(key)?.find(({ block }) => dominates(block, l.block));
  if (before) return before;
  const made = { block: l.block, low: l.fresh(), high: l.fresh() };
  const zero = l.constant(0);
  // What no immediate holds is kept in a register, as a length is.
  const added = length
    ? { uses: [l.value(length)], immediate: false, shifted: false, text: '' }
    : operand(l, l.g.constant('i32', BigInt(n.offset + n.bytes)), isCompareImmediate);
  l.alu('adds', made.low, [l.value(address), ...added.uses], {
    ...flagsOf(added),
    setsFlags: true,
    wide: 0.7,
  });
  l.alu('adc', made.high, [zero], { immediate: true, readsFlags: true, wide: 1 });
  l.ends.set(key, [...(l.ends.get(key) ?? []), made]);
  return made;
}

export function divisionCheck(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  if (b.type === 'i64') {
    const t = l.fresh();
    l.alu('orrs', t, [l.value(b, 0), l.value(b, 1)], { setsFlags: true });
    l.branch('beq trap', [], 0, false, true);
    return;
  }
  if (n.name !== 'overflow') l.branch('cbz trap', [l.value(b)], 0, false);
  if (!n.name.endsWith('_s') && n.name !== 'overflow') return;
  l.emit('compare', 'cmp #min', [], [l.value(a)], { immediate: true, wide: 1 });
  if (l.cheapBranches || isConst(b)) {
    l.branch('beq', [], 0, false, true);
    return;
  }
  // Both comparisons in one block where a branch is dear; that of a divisor that the loop does not change is made before it where PRE sees it.
  const loop = l.block.loop;
  if (loop?.preheader && !loop.blocks.has(b.block) && isFirstIn(loop, n)) {
    const [known, t] = [l.fresh(), l.fresh()];
    const saved = l.code;
    if (!l.hoisted.has(loop.preheader)) l.hoisted.set(loop.preheader, []);
    l.code = l.hoisted.get(loop.preheader)!;
    const [more, zeros] = [l.fresh(), l.fresh()];
    l.alu('add #1', more, [l.value(b)], { immediate: true });
    l.alu('clz', zeros, [more], { wide: 1 });
    l.alu('lsr #5', known, [zeros], { immediate: true, shifted: true });
    l.code = saved;
    choose(l, t, [known], 'and<cc> #1');
    l.emit('compare', 'cmp #0', [], [t], { immediate: true });
    l.branch('beq trap', [], 0, false, true);
    return;
  }
  l.ifThen(1);
  l.emit('compare', 'cmp<cc> #-1', [], [l.value(b)], { immediate: true, readsFlags: true, wide: 1 });
  l.branch('beq trap', [], 0, false, true);
}

/** Zero, or under the condition what an instruction makes. */
function choose(l: Lowering, to: number, uses: number[], text: string): void {
  l.ifThen(2);
  l.emit('move', 'mov<cc> #0', [to], [], { immediate: true, readsFlags: true });
  l.emit('alu', text, [to], [to, ...uses], { immediate: true, readsFlags: true, conditional: true, wide: 1 });
}

/** Whether each round comes to a check before anything that may end the loop: only what every way on asks for is made before it (PRE). */
function isFirstIn({ header }: LoopNode, check: Node): boolean {
  if (check.name !== 'overflow' || check.block !== header) return false;
  return header.nodes.find((n) => /^(guard|guard64|divcheck|call)$/.test(n.op)) === check;
}

/** How deep calls are nested, behind the call. */
export function depthCheck(l: Lowering, n: Node): void {
  l.emit('compare', 'cmp #500', [], [l.value(n.args[0]!)], { immediate: true });
  l.branch('bhi trap', [], 0, false, true);
}
