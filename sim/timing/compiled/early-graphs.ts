/** Functions as gcc's early passes leave them: by themselves, their loops as they are written, folded. Kept by module, since several passes over all functions read them. */
import type { BlockCounts, FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { Build } from './build.ts';
import { buildEarlyGraph } from './build-flow-graph.ts';
import type { Graph } from './ir.ts';
import { fold, numberValues } from './optimize.ts';
import { buildSsa } from './ssa.ts';
import { analyseStructure } from './structure.ts';

export type EarlyGraphs = (f: FunctionAnalysis) => Graph;

export function earlyGraphs(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  build: Pick<Build, 'checked' | 'floats' | 'rewritten'>,
): EarlyGraphs {
  const graphs = new Map<FunctionAnalysis, Graph>();
  return (f) => {
    let g = graphs.get(f);
    if (g) return g;
    g = buildSsa(buildEarlyGraph(analysis, counts, f), build);
    analyseStructure(g);
    fold(g);
    numberValues(g);
    fold(g);
    graphs.set(f, g);
    return g;
  };
}
