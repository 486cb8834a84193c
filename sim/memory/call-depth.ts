/** What the deepest path of calls adds up to. */
import type { ModuleAnalysis } from '../wasm/index.ts';

/**
 * Largest sum of `cost` over the functions of one path of calls from an export; undefined when a path calls itself, which
 * has no bound. `call_indirect` may reach every function of the table.
 */
export function deepestPath(analysis: ModuleAnalysis, cost: readonly number[]): number | undefined {
  const { module, functions } = analysis;
  const callees = functions.map((f) => {
    const found = new Set<number>();
    for (const { name, index } of f.wasm.body) {
      if (name === 'call') found.add(index);
      if (name === 'call_indirect') for (const element of module.elements) found.add(element);
    }
    return found;
  });
  const known = new Map<number, number>();
  const open = new Set<number>();
  const depth = (f: number): number => {
    const done = known.get(f);
    if (done !== undefined) return done;
    if (open.has(f)) return Number.NaN;
    open.add(f);
    const below = [...callees[f]!].map(depth);
    open.delete(f);
    const sum = cost[f]! + Math.max(0, ...below);
    known.set(f, sum);
    return sum;
  };
  const entries = module.exports.filter((e) => e.kind === 'function').map((e) => depth(e.index));
  const most = Math.max(0, ...entries);
  return Number.isNaN(most) ? undefined : most;
}
