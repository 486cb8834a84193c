/** Functions that the host calls: stages in order (kernel/manifest.ts). */
import type { MemoryPlan } from '../../layout/plan.ts';
import type { Entry, Program } from '../program.ts';

const meaning: Record<Entry['name'], string> = {
  push: 'Takes one frame of raw samples; 1 when a window is ready.',
  sample:
    'Takes one sample of one sensor with its time; 1 when a window is ready, negative: see the manifest.',
  prepare: 'Window to model input.',
  model: 'Model input to model output.',
  decide: 'Model output to decision; negative: there is none, see the manifest.',
  infer: 'prepare(), model(), decide().',
  enrol: 'Adds the model output to the template; how many windows it holds now.',
};

export function entryText(entry: Entry, program: Program): string {
  const stages = entry.stages.map((name) => {
    const stage = program.stages.find((s) => s.name === name);
    if (!stage) throw new Error(`entry ${entry.name} names an unknown stage ${name}`);
    return stage;
  });
  const returns = stages.at(-1)?.returns ?? 'void';
  return [
    `/** ${meaning[entry.name]} */`,
    `export function ${entry.name}(): ${returns} {`,
    ...stages.map((s, i) =>
      i === stages.length - 1 && returns === 'i32' ? `  return ${s.name}();` : `  ${s.name}();`,
    ),
    '}',
  ].join('\n');
}

export function resetText({ stateStart, stateEnd }: MemoryPlan): string {
  return [
    '/** Forgets everything: filters, window and templates. */',
    'export function reset(): void {',
    ...(stateEnd > stateStart ? [`  zero(${stateStart}, ${stateEnd - stateStart});`] : []),
    '}',
  ].join('\n');
}
