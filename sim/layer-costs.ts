/**
 * Cycles of a kernel by the stages of its manifest: a stage owns its function and its share of what it calls, by the number of calls.
 * What nobody's stage calls is "around" them.
 */
import { exact, scale, sum, type Estimate } from '../common/estimate.ts';
import type { ManifestStage } from '../kernel/manifest.ts';
import type { CycleEstimate } from './timing/index.ts';
import type { BlockCounts, ModuleAnalysis } from './wasm/index.ts';

export interface LayerCost {
  /** Export of the stage, or "around". */
  stage: string;
  title: string;
  cycles: Estimate;
  wasmOps: number;
}

const around = 'around';

export function layerCosts(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  { perFunction }: CycleEstimate,
  stages: readonly ManifestStage[],
): LayerCost[] {
  const shares = sharesOf(analysis, counts, stages);
  return [...stages.map((s) => ({ stage: s.export, title: s.title })), { stage: around, title: 'around' }]
    .map(({ stage, title }) => {
      const own = perFunction
        .map((f) => ({ f, share: shares[f.index]?.get(stage) ?? 0 }))
        .filter(({ f, share }) => f.calls > 0 && share > 0);
      const cycles = own.length ? sum(own.map(({ f, share }) => scale(f.cycles, share))) : exact(0);
      const wasmOps = own.reduce((total, { f, share }) => total + share * f.wasmOps, 0);
      return { stage, title, cycles, wasmOps: Math.round(wasmOps) };
    })
    .filter((l) => l.wasmOps > 0)
    .sort((a, b) => b.cycles.value - a.cycles.value);
}

/** By function: which part of it belongs to which stage. */
function sharesOf(
  { functions }: ModuleAnalysis,
  counts: BlockCounts,
  stages: readonly ManifestStage[],
): Map<string, number>[] {
  const calls: { from: number; to: number; times: number }[] = [];
  functions.forEach((f, from) => {
    for (const b of f.blocks)
      for (const i of f.wasm.body.slice(b.first, b.last))
        if (i.name === 'call') calls.push({ from, to: i.index, times: counts.blocks[from]![b.id]! });
  });
  const root = functions.map((f) => stages.find((s) => f.wasm.exports.includes(s.export))?.export);
  let shares = root.map((stage) => new Map(stage ? [[stage, 1]] : []));
  // As many rounds as calls can be deep without recursion.
  for (let round = 0; round < functions.length; round++)
    shares = functions.map((_, at) => {
      const into = calls.filter((c) => c.to === at && c.times > 0);
      if (root[at] || into.length === 0) return new Map([[root[at] ?? around, 1]]);
      const total = into.reduce((n, c) => n + c.times, 0);
      const mixed = new Map<string, number>();
      for (const { from, times } of into)
        for (const [stage, share] of shares[from]!)
          mixed.set(stage, (mixed.get(stage) ?? 0) + (share * times) / total);
      return mixed;
    });
  return shares;
}
