/** `--recompute`: fewer states kept for an attention pool, against cycles. */
import type { Command as Commander } from 'commander';
import type { KernelManifest } from '../kernel/manifest.ts';
import { bytes, count, percent } from '../report/text/quantity.ts';
import type { SimulationResult } from '../sim/result.ts';

export const recomputeOption = (command: Commander): Commander =>
  command.option(
    '--recompute',
    'keep few states of reverse directions and compute them twice: less RAM for long windows, more cycles',
  );

/** One line a stage that does work twice. */
export const recomputedText = ({ stages, macs }: KernelManifest): string[] =>
  stages.flatMap(({ title, recomputed }) =>
    recomputed
      ? [
          `${title}: reverse states are computed twice, ${recomputed.segmentSteps} steps at a time: ` +
            `buffers smaller by ${bytes(recomputed.savedBytes)} for ${count(recomputed.macs)} multiply-accumulates more ` +
            `(+${percent(recomputed.macs / macs)})`,
        ]
      : [],
  );

/** What it costs where it runs, against the same kernel with all states kept. */
export function recomputeNote(twice: SimulationResult, once: SimulationResult): string {
  const cycles = twice.cyclesPerInference - once.cyclesPerInference;
  return (
    `Reverse states are computed twice: ${bytes(once.memory.ramBytes - twice.memory.ramBytes)} less RAM for ` +
    `${count(cycles)} cycles more a decision (+${percent(cycles / once.cyclesPerInference)}).`
  );
}
