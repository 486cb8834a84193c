/** Holds what the graphs of a kernel compute, behind all passes, to what the module does. */
import type { Build } from '../../../sim/timing/compiled/build.ts';
import { optimizedGraphs } from '../../../sim/timing/compiled/compile.ts';
import type { BlockCounts, ModuleAnalysis } from '../../../sim/wasm/index.ts';
import type { KernelSource } from '../../reference/tools/build.ts';
import { GraphMachine, type Outcome } from './machine.ts';
import { misplaced } from './verify.ts';

export interface Counted {
  analysis: ModuleAnalysis;
  counts: BlockCounts;
}

/** What is wrong, null where nothing is. */
export function heldToModule(
  { entry, takesCount }: KernelSource,
  { analysis, counts }: Counted,
  build: Build,
  n: number,
  optimized = optimizedGraphs,
): string | null {
  const args = takesCount ? [n] : [];
  const expected = new GraphMachine(analysis, new Map(), () => []).runAsItIs(entry, args);
  try {
    const { graphs, parameters, isPart } = optimized(analysis, counts, build);
    for (const g of graphs.values()) {
      const why = misplaced(g);
      if (why) return why;
    }
    return difference(new GraphMachine(analysis, graphs, parameters, isPart).run(entry, args), expected);
  } catch (error) {
    return (error as Error).message;
  }
}

function difference(got: Outcome, expected: Outcome): string | null {
  if (!Object.is(got.result, expected.result))
    return `result ${String(got.result)}, not ${String(expected.result)}`;
  const at = got.memory.findIndex((x, i) => x !== expected.memory[i]);
  if (at >= 0) return `memory at ${at}: ${got.memory[at]}, not ${expected.memory[at]}`;
  const global = got.globals.findIndex((x, i) => !Object.is(x, expected.globals[i]));
  if (global >= 0)
    return `global ${global}: ${String(got.globals[global])}, not ${String(expected.globals[global])}`;
  return null;
}
