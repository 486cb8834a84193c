import { importedFunctions, type WasmModule } from '../../../common/wasm/module.ts';
import type { LintRule } from '../rule.ts';

export const noRecursion: LintRule = {
  name: 'no-recursion',
  reason: 'The stack that a firmware reserves has to hold every call chain, so no chain may be endless.',
  check(module) {
    const cycle = findCycle(callGraph(module));
    if (!cycle) return [];
    const first = importedFunctions(module);
    const names = cycle.map((index) => module.functions[index - first]?.name ?? `func[${index}]`);
    return [
      {
        severity: 'warning',
        message: `Functions call each other in a circle: ${names.join(' -> ')}.`,
        next: 'Write a loop instead.',
      },
    ];
  },
};

const calls = (name: string) => name === 'call' || name === 'return_call';

function callGraph(module: WasmModule): Map<number, number[]> {
  return new Map(
    module.functions.map((f) => [f.index, f.body.filter((i) => calls(i.name)).map((i) => i.index)]),
  );
}

/** Depth-first search; the circle from its first function back to it, if there is one. */
function findCycle(graph: ReadonlyMap<number, readonly number[]>): number[] | undefined {
  const done = new Set<number>();
  const visit = (node: number, path: readonly number[]): number[] | undefined => {
    const seen = path.indexOf(node);
    if (seen >= 0) return [...path.slice(seen), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return undefined;
}
