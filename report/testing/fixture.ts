/**
 * A report with the shape and size of the full demonstration: two systems, four variants, 5 boards, 6 runtimes and
 * 4 rates. For tests and for work on the reporters; its figures are invented.
 */
import type { KernelSummary, RunReport, SystemReport, VariantReport } from '../run-report.ts';
import { fixtureBoards, fixtureRuntimes } from './fixture-hardware.ts';
import { fixtureInside } from './fixture-inside.ts';
import { fixtureKernels, type FixtureKernel } from './fixture-kernel.ts';
import { fixtureResult } from './fixture-result.ts';

const RATES_HZ = [20, 25, 128, 512];

function variant(kernel: FixtureKernel): VariantReport {
  const results = fixtureBoards.flatMap((board) =>
    fixtureRuntimes.flatMap((runtime) =>
      RATES_HZ.map((rateHz) => fixtureResult(kernel, board, runtime, rateHz)),
    ),
  );
  const kernels = RATES_HZ.map((rateHz): KernelSummary => {
    const steps = rateHz * 4;
    return {
      rateHz,
      steps,
      trainedForRate: rateHz in kernel.trained,
      macs: kernel.stages(steps).reduce((a, stage) => a + stage.macs, 0),
      wasmBytes: kernel.parameters + 15_400,
      constantBytes: kernel.parameters + 6_000,
      linearMemoryBytes: 65_536 * Math.ceil((kernel.parameters + 6_000 + steps * 268) / 65_536),
      ...fixtureInside(kernel.parameters + 6_000, steps),
    };
  });
  return { id: kernel.variant, title: kernel.title, parameters: kernel.parameters, results, kernels };
}

const system = (name: 'pulse' | 'deepauth', title: string): SystemReport => ({
  name,
  title,
  rates: RATES_HZ,
  variants: fixtureKernels.filter((kernel) => kernel.system === name).map(variant),
});

export const fixtureReport = (): RunReport => ({
  tool: 'escapement 0.1.0',
  systems: [
    system('pulse', 'Identity from the pulse at the wrist (Bi-LSTM with attention)'),
    system('deepauth', 'In-situ authentication by motion (sub-RNN beside standard RNNs)'),
  ],
  fingerprint: '0'.repeat(64),
});
