/** How far estimates lie from the reference: quantiles of reference / estimate over the kernels of docs/validation.md. */
import type { Estimate } from '../../common/estimate.ts';
import { times } from '../../common/estimate.ts';
import type { Sourced } from '../../common/sourced.ts';
import type { Core } from '../cores/index.ts';
import type { Runtime } from '../runtimes/index.ts';
import published from './bands.json' with { type: 'json' };

interface Band {
  low: number;
  high: number;
  /** Kernels that the quantiles come from. */
  kernels: number;
}

const bands = published as Record<string, Band>;

/** Largest effect of one variant of the core's model on an interpreter (arm-truth, sections 4 and 5). */
const open = {
  'cortex-m4': { value: 1, low: 0.94, high: 1.06, source: 'a branch refill of 1 to 3 cycles is up to 6 %' },
  'cortex-a7': {
    value: 1,
    low: 0.83,
    high: 1.06,
    source: 'a load latency of 2 cycles is up to -17 %, a bubble at taken branches up to 6 %',
  },
};

/** The factor that turns computed cycles into an estimate, and what it rests on. */
export function errorBand(core: Core, runtime: Runtime): { band: Estimate; notes: string[] } {
  const compiledLike = runtime.id === 'wamr-aot' ? 'wasm2c' : runtime.id;
  const coreLike = core.timing.kind === 'single-issue' ? 'cortex-m4' : 'cortex-a7';
  const { low, high, kernels } = bands[`${compiledLike}/${coreLike}`]!;
  let band: Estimate = { value: 1, low, high };
  const notes = [
    `Cycles under ${runtime.name} on ${core.name} are cycle-approximate: on ${kernels} reference kernels the reference lay ` +
      `between ${low} and ${high} times the estimate ${kernels < 10 ? 'with 15 % to spare' : 'in nine of ten cases'} (docs/validation.md).`,
  ];
  if (runtime.id === 'wasm2c')
    notes.push(
      'All checks of wasm2c are costed. What `escapement export` compiles keeps next to none: wasm2c-unchecked predicts it (docs/validation.md).',
    );
  if (runtime.execution.kind === 'interpreted') {
    band = times(band, open[coreLike]);
    notes.push(
      `${runtime.name} repeats the reference closely, so its band is what the reference leaves open: ${open[coreLike].source}.`,
    );
  }
  if (runtime.builds) {
    const { value, low = value, high = value, source } = runtime.builds;
    band = times(band, { value, low, high });
    notes.push(`Other builds of ${runtime.name} differ: ${source}.`);
  }
  for (const [name, factor] of [
    [core.name, core.unconfirmed],
    [runtime.name, runtime.unconfirmed],
  ] as [string, Sourced | undefined][]) {
    if (!factor) continue;
    const { value, low = value, high = value, source } = factor;
    band = times(band, { value, low, high });
    notes.push(`${name} has no timing reference of its own: ${source}.`);
  }
  return { band, notes };
}
