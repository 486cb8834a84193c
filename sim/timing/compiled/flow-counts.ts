/**
 * How often gcc thinks that each block runs: what branches are guessed to do, carried along the ways (propagate_freq in predict.cc), once everything is inlined and
 * before the late passes (a flag of its pass manager asks for frequencies to be rebuilt). From there on counts stay with their blocks, even where passes take away what led there.
 */
import type { Instruction } from '../../wasm/module.ts';
import { edgesOf, flowOrder, type FlowBlock, type FlowEdge, type Guesses } from './flow-graph.ts';
import { entryCount, passesCheck, passesOther } from './static-profile.ts';

/** A loop is not guessed to stay for longer (real_almost_one). */
const mostCyclic = 0.9999;

/** @param early Accessors that wait for the interprocedural inliner are calls yet, which do not branch. */
export function estimateCounts(entry: FlowBlock, guesses: Guesses | null, early: boolean): void {
  const order = flowOrder(entry);
  const place = new Map(order.map((b, i) => [b, i]));
  const preds = new Map<FlowBlock, { from: FlowBlock; e: FlowEdge }[]>(order.map((b) => [b, []]));
  for (const from of order) for (const e of edgesOf(from.term)) preds.get(e.to)!.push({ from, e });
  const passed = new Map(order.map((b) => [b, passesAll(b, guesses, early)]));
  const isBack = (from: FlowBlock, to: FlowBlock) => place.get(from)! >= place.get(to)!;
  const cyclic = new Map<FlowBlock, number>();
  const spread = (head: FlowBlock, region: readonly FlowBlock[], start: number): void => {
    const inside = new Set(region);
    for (const b of region) {
      let count = start;
      if (b !== head) {
        count = 0;
        for (const { from, e } of preds.get(b)!) if (inside.has(from) && !isBack(from, b)) count += e.count;
        count /= 1 - (cyclic.get(b) ?? 0);
      }
      b.count = count;
      for (const e of edgesOf(b.term)) e.count = count * passed.get(b)! * e.chance;
    }
  };
  // Inner loops come later in this order.
  for (const head of order.toReversed()) {
    const back = preds.get(head)!.filter(({ from }) => isBack(from, head));
    if (back.length === 0) continue;
    const body = new Set([head]);
    const work = back.map(({ from }) => from);
    while (work.length) {
      const b = work.pop()!;
      if (body.has(b)) continue;
      body.add(b);
      for (const { from } of preds.get(b)!) work.push(from);
    }
    spread(
      head,
      [...body].sort((x, y) => place.get(x)! - place.get(y)!),
      1,
    );
    cyclic.set(
      head,
      Math.min(
        mostCyclic,
        back.reduce((sum, { e }) => sum + e.count, 0),
      ),
    );
  }
  spread(entry, order, entryCount);
}

/** Whether an instruction is a division by what is no constant. */
export const mayTrap = (body: readonly Instruction[], at: number): boolean =>
  /\.(div|rem)_/.test(body[at]!.name) && !body[at - 1]?.name.endsWith('.const');

/** How likely a block's checks let it pass. */
function passesAll(b: FlowBlock, guesses: Guesses | null, early: boolean): number {
  let p = b.enters && (guesses?.countsDepth ?? true) ? passesOther : 1;
  const { f } = b.activation;
  const { body } = f.wasm;
  let divisions = 0;
  for (let i = b.first; i < b.last; i++) {
    const { name } = body[i]!;
    if (guesses && /\.(load|store)/.test(name)) p *= guesses.passes(f, i, early);
    else if (name === 'memory.copy' && !early) p *= passesCheck ** 2;
    else if (name === 'memory.fill' && !early) p *= passesCheck;
    else if (mayTrap(body, i)) divisions++;
  }
  if (divisions === 0) return p;
  const all = guesses?.of(f).divides.get(b.origin.block) ?? 1;
  b.divides = all ** (1 / divisions);
  return p * all;
}
