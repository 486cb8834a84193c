/** Bounds of loops that a person states: "function:loop=turns", checked against what ran. */
import { kernelRefusals } from '../../common/refusals/index.ts';
import { edgeCounts } from '../wasm/edge-counts.ts';
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import type { LoopBound } from './knowledge.ts';

/** Throws ESC323 (not of that form), ESC324 (no such function or loop), ESC325 (more turns were counted). */
export function statedBounds(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  stated: readonly string[],
): LoopBound[] {
  return stated.map((text) => {
    const found = /^(.+):(\d+)=(\d+)$/.exec(text);
    const turns = Number(found?.[3]);
    if (!found || !(turns >= 1) || turns > Number.MAX_SAFE_INTEGER) throw kernelRefusals.badLoopBound(text);
    const [, name] = found as unknown as [string, string];
    const f = analysis.functions.findIndex((x) => x.name === name || x.wasm.exports.includes(name));
    const known = analysis.functions.flatMap((x) => x.loops.map((_, i) => `${x.name}:${i}`));
    if (f < 0) throw kernelRefusals.noSuchLoop(text, `there is no function "${name}"`, known);
    const number = Number(found[2]);
    const { loops } = analysis.functions[f]!;
    // By their place in the code.
    const loop = [...loops].sort((a, b) => a.instruction - b.instruction)[number];
    if (!loop)
      throw kernelRefusals.noSuchLoop(
        text,
        `"${name}" has ${loops.length} ${loops.length === 1 ? 'loop' : 'loops'}`,
        known,
      );
    const ran = counts.blocks[f]![loop.head]!;
    const entered = entries(analysis, counts, f, loop.head);
    if (ran > turns * entered) throw kernelRefusals.loopBoundExceeded(text, Math.ceil(ran / entered));
    return { function: f, loop: number, turns };
  });
}

/** How often control comes to a loop's head from outside: not by a branch back to it. */
function entries(analysis: ModuleAnalysis, counts: BlockCounts, f: number, head: number): number {
  const { blocks } = analysis.functions[f]!;
  const edges = edgeCounts(analysis.functions[f]!, counts.blocks[f]!);
  return blocks.reduce(
    (sum, b) =>
      sum + b.exits.reduce((n, e, i) => n + (e.to === head && !e.taken ? (edges[b.id]![i] ?? 0) : 0), 0),
    0,
  );
}
