/** Loop invariant motion (tree-ssa-loop-im.c), with what partial redundancy elimination takes out of loops. */
import { anticipated } from './global-values.ts';
import { isConst, resolve, type Edge, type Graph, type LoopNode, type Node } from './ir.ts';
import { overwrites, placeOf, readsMemory } from './memory-state.ts';
import { hasEffect } from './optimize.ts';
import { dominates } from './structure.ts';

/** What leaves a loop from under a condition as well (stmt_cost of tree-ssa-loop-im.c). */
const isExpensive = (n: Node): boolean => /^(mul|div_|rem_|shl|shr_|rotl|rotr)/.test(n.op);

/** Moves what does not change in a loop before it, inner loops first. */
export function hoist(g: Graph): void {
  // Partial redundancy elimination hoists what every way on from the loop's start reads.
  const wanted = new Map(
    ['base', 'size'].map((op) => [op, anticipated(g, 'fields', (n) => n.op === op)] as const),
  );
  const costly = new Set<Node>();
  for (const loop of g.loops.toSorted((a, b) => b.depth - a.depth)) {
    const { preheader } = loop;
    if (!preheader) continue;
    const blocks = [...loop.blocks].sort((a, b) => a.order - b.order);
    const writes = blocks.flatMap((b) => b.nodes.filter((n) => /^(store|call|setglobal)$/.test(n.op)));
    const pinned = (n: Node) => writes.some((w) => overwrites(w, placeOf(n)));
    const latches = loop.header.preds.filter((e) => loop.blocks.has(e.from)).map((e) => e.from);
    // What reads memory may fault: it leaves where nothing before it in the loop may end the loop, as a check may (ALWAYS_EXECUTED_IN of tree-ssa-loop-im.c).
    let reached = true;
    // Cheap ones that do not change either stay under a condition, but for what something costly is made of.
    const cheap = new Set<Node>();
    const along = new Set<Node>();
    const leave = (n: Node): void => {
      for (const a of n.args) {
        if (!cheap.delete(a)) continue;
        leave(a);
        along.add(a);
      }
      n.block = preheader;
      preheader.nodes.push(n);
    };
    for (const b of blocks) {
      const always = latches.every((l) => dominates(b, l));
      b.nodes = b.nodes.filter((n) => {
        if (n.op === 'divcheck' && reached && b === loop.header && b.rotated) checkDivisorBefore(g, loop, n);
        if (/^(check|divcheck|call)$/.test(n.op)) reached = false;
        if (hasEffect(n) && !(n.op === 'divcheck' && always)) return true;
        const everywhere = wanted.get(n.op)?.get(loop.header) ?? false;
        if (readsMemory(n) && ((!always && !everywhere) || pinned(n))) return true;
        if (readsMemory(n) && !reached && !everywhere) return true;
        if (/^(div|rem)_/.test(n.op) && !always && !isConst(n.args[1]!)) return true;
        if (n.args.some((a) => a.op !== 'const' && loop.blocks.has(a.block) && !cheap.has(a))) return true;
        if (isExpensive(n) || n.args.some((a) => costly.has(a))) costly.add(n);
        else if (!always && !everywhere && n.op !== 'address') {
          if (!readsMemory(n)) cheap.add(n);
          return true;
        }
        leave(n);
        return false;
      });
      if (b.term.edges.some((e: Edge) => !loop.blocks.has(e.to))) reached = false;
    }
    if (along.size > 0) for (const b of blocks) b.nodes = b.nodes.filter((n) => !along.has(n));
  }
}

/**
 * The copying of a loop's header goes on behind its first test where a test of what the loop does not change follows (ch2): a divisor is looked at for zero before the loop, and known inside.
 */
function checkDivisorBefore(g: Graph, loop: LoopNode, n: Node): void {
  const divisor = resolve(n.args[1]!);
  const { header, preheader } = loop;
  if (divisor.op === 'const' || loop.blocks.has(divisor.block)) return;
  if (header.nodes.indexOf(n) > mostCopied) return;
  preheader!.nodes.push(
    g.node(preheader!, 'divcheck', 'void', [divisor, divisor], { name: 'zero', origin: n.origin }),
  );
}

/** Operations of a header that are copied (param max-loop-header-insns, with room for the test and what the operations are made of). */
const mostCopied = 12;
