/**
 * Loop header copying (gcc's tree-ssa-loop-ch.c): `while (test) body` becomes `if (test) do body while (test)` when the header is small and only tests.
 * The copy before the loop usually folds to nothing.
 */
import { edgesOf, type FlowBlock, type FlowEdge } from './flow-graph.ts';
import { entersAlways } from './enters-always.ts';
import { isHot } from './hot.ts';
import { testsCounter } from './simple-iv.ts';

/** Adds a block of an activation: function, block of its graph, first and last instruction, weight, loops around it. */
export type NewBlock = (
  activation: FlowBlock['activation'],
  f: number,
  block: number,
  first: number,
  last: number,
  weight: number,
  nest: readonly object[],
) => FlowBlock;

/** Largest header, in instructions, that gcc copies (--param max-loop-header-insns). */
const maxHeaderOperators = 40;

/** Copies a loop's testing headers before the loop, as long as they are small and leave the loop on one side. */
export function rotate(
  blocks: readonly FlowBlock[],
  header: FlowBlock,
  loop: object,
  newBlock: NewBlock,
): void {
  const body = naturalLoop(blocks, header, loop);
  // A loop that tests at its bottom is left alone.
  for (const b of body) {
    const edges = edgesOf(b.term);
    if (edges.some((e) => e.to === header) && edges.some((e) => !body.has(e.to))) return;
  }
  if (testsBeforeLatch(body, header)) return;
  let budget = maxHeaderOperators;
  for (let head = header; ;) {
    const { term } = head;
    if (term.kind !== 'branch') return;
    const [leave] = [term.yes, term.no].filter((e) => !body.has(e.to));
    const stay = term.yes === leave ? term.no : term.yes;
    if (!leave || !body.has(stay.to) || stay.to === header) return;
    // What is made small keeps its test at the top, unless that is known to hold at first.
    if (head === header && !isHot(header.count)) {
      const before = blocks.filter((b) => !body.has(b) && edgesOf(b.term).some((e) => e.to === header));
      if (!entersAlways(header, stay, before, blocks)) return;
    }
    // Behind the first, only tests of counters are copied (should_duplicate_loop_header_p).
    if (head !== header && !testsCounter(head, header, body)) return;
    budget -= head.last - head.first;
    if (budget < 0 || hasEffect(head)) return;
    const entries = blocks
      .filter((b) => !body.has(b))
      .flatMap((b) => edgesOf(b.term).filter((e) => e.to === head));
    const entered = entries.reduce((sum, e) => sum + e.weight, 0);
    const stayed = Math.min(entered, stay.weight);
    const guessed = Math.min(
      head.count,
      entries.reduce((sum, e) => sum + e.count, 0),
    );
    const share = head.count > 0 ? guessed / head.count : 0;
    const { activation, origin, first, last, nest } = head;
    const copy = newBlock(
      activation,
      origin.f,
      origin.block,
      first,
      last,
      entered,
      nest.slice(0, nest.indexOf(loop)),
    );
    copy.moves = head.moves;
    copy.count = guessed;
    copy.divides = head.divides;
    const side = (e: FlowEdge): FlowEdge => ({
      ...e,
      weight: e === stay ? stayed : entered - stayed,
      count: e.count * share,
    });
    copy.term = { kind: 'branch', slot: term.slot, yes: side(term.yes), no: side(term.no) };
    for (const e of entries) e.to = copy;
    stay.weight -= stayed;
    leave.weight -= entered - stayed;
    head.weight -= entered;
    head.count -= guessed;
    for (const e of [stay, leave]) e.count *= 1 - share;
    head = stay.to;
    head.rotated = true;
  }
}

const passes = /^(local\.(get|set|tee)|[if](32|64)\.const|drop|nop|block|loop|end|else|br)$/;

/** Whether nothing is done between the loop's last test and its way back (do_while_loop_p): variables that change places there are none to gcc. */
function testsBeforeLatch(body: ReadonlySet<FlowBlock>, header: FlowBlock): boolean {
  const before = (b: FlowBlock) => [...body].filter((p) => edgesOf(p.term).some((e) => e.to === b));
  let [at, ...others] = before(header);
  if (others.length > 0) return false;
  while (at && at !== header && isEmpty(at)) {
    const from = before(at);
    if (from.length !== 1) return false;
    [at] = from;
    if (edgesOf(at!.term).some((e) => !body.has(e.to))) return true;
  }
  return false;
}

const isEmpty = ({ activation, first, last, term, enters, leaves }: FlowBlock): boolean =>
  term.kind === 'jump' &&
  !enters &&
  !leaves &&
  activation.f.wasm.body.slice(first, last).every(({ name }) => passes.test(name));

function hasEffect(block: FlowBlock): boolean {
  const { body } = block.activation.f.wasm;
  for (let i = block.first; i < block.last; i++)
    if (body[i]!.name.startsWith('call') || body[i]!.name.includes('store')) return true;
  return false;
}

/** Blocks of a loop that reach one of its back edges; empty when nothing branches back. */
function naturalLoop(blocks: readonly FlowBlock[], header: FlowBlock, loop: object): Set<FlowBlock> {
  const predecessors = new Map<FlowBlock, FlowBlock[]>();
  for (const b of blocks)
    if (b.nest.includes(loop))
      for (const { to } of edgesOf(b.term)) predecessors.set(to, [...(predecessors.get(to) ?? []), b]);
  const body = new Set<FlowBlock>();
  const work = predecessors.get(header) ?? [];
  if (work.length) body.add(header);
  while (work.length) {
    const b = work.pop()!;
    if (body.has(b)) continue;
    body.add(b);
    work.push(...(predecessors.get(b) ?? []));
  }
  return body;
}
