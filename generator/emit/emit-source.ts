/**
 * Writes the AssemblyScript source of a kernel: a header with the memory map, one constant a block, one function
 * a stage, and the entries that the host calls. Weights are not in the source: the linker puts them into the
 * data segment at the addresses that stand here.
 */
import type { MemoryPlan } from '../layout/plan.ts';
import type { Program, Stage } from './program.ts';
import { addresses } from './text/addresses.ts';
import { banner } from './text/banner.ts';
import { entryText, resetText } from './text/entry.ts';
import { header } from './text/header.ts';
import { stageText } from './text/stage.ts';

export interface EmitOptions {
  /** e.g. "escapement 0.1.0" */
  generator: string;
}

export function emitSource(program: Program, plan: MemoryPlan, options: EmitOptions): string {
  const sections = [
    header(program, plan, options),
    imports(program.stages),
    addresses(plan),
    banner('Stages'),
    ...program.stages.map((stage) => stageText(stage, program)),
    banner('Entries'),
    resetText(plan),
    ...program.entries.map((entry) => entryText(entry, program)),
  ];
  return sections.filter((s) => s !== '').join('\n\n') + '\n';
}

function imports(stages: readonly Stage[]): string {
  const symbols = new Map<string, Set<string>>([['memory', new Set(['zero'])]]);
  for (const stage of stages)
    for (const [file, names] of Object.entries(stage.uses)) {
      const set = symbols.get(file) ?? new Set();
      names.forEach((name) => set.add(name));
      symbols.set(file, set);
    }
  return [...symbols]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, names]) => `import { ${[...names].sort().join(', ')} } from "./assembly/${file}";`)
    .join('\n');
}
