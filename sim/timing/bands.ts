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

/** All but two of 42 kernels of the reference, built as firmware, took at least so much of their estimate (scripts/firmware-sample.ts, docs/firmware.md). */
const leastOfFirmware = { 'cortex-m4': 0.77, 'cortex-a7': 0.41 } as const;

const isFirmware = ({ id }: Runtime): boolean => id === 'wasm2c-firmware';

/** Floating-point code that no kernel of the reference has: its cycles as multiples of the estimate. */
const assumedFloats = { low: 0.5, high: 2 };

/**
 * The band of code with floating-point work, and where it is from: kernels of the reference with such work, or, for doubles without a unit and for a core that no kernel was
 * measured on, an assumption.
 */
export function floatBand(core: Core, runtime: Runtime, doubles: boolean): { band: Estimate; says: string } {
  const compiledLike =
    runtime.id === 'wamr-aot' ? 'wasm2c' : isFirmware(runtime) ? 'wasm2c-unchecked' : runtime.id;
  const { floats } = core.timing;
  const coreLike = floats === 'single' ? 'cortex-m4' : 'cortex-a7';
  const soft = doubles && floats === 'single';
  const published = soft || floats === 'vfplite' ? undefined : bands[`floats/${compiledLike}/${coreLike}`];
  const { low, high } = published ?? assumedFloats;
  const what = soft ? 'floating-point work in double precision, which are calls' : 'floating-point work';
  const says = published
    ? `code with ${what}: on ${published.kernels} reference kernels with such work the reference lay between ${low} and ${high} times the estimate (docs/validation.md)`
    : `code with ${what}, which ${soft ? 'too few reference kernels have' : 'no reference kernel has here'}: assumed to lie within ${low} to ${high} times the estimate`;
  return { band: widened({ value: 1, low, high }, core, runtime, false), says };
}

/** With what no kernel of the reference tells of: what it leaves open under interpreters, other builds, and a core or runtime without one. */
function widened(band: Estimate, core: Core, runtime: Runtime, measured: boolean): Estimate {
  let wide = band;
  if (runtime.execution.kind === 'interpreted')
    wide = times(wide, open[core.timing.kind === 'single-issue' ? 'cortex-m4' : 'cortex-a7']);
  if (runtime.builds) {
    const { value, low = value, high = value } = runtime.builds;
    wide = times(wide, { value, low, high });
  }
  return withUnconfirmed(wide, unconfirmed(core, runtime, measured));
}

type Unconfirmed = readonly (readonly [name: string, factor: Sourced])[];

/** What no reference tells of: the runtime, or the core, unless its own kernels were measured under the runtime. */
const unconfirmed = (core: Core, runtime: Runtime, measured: boolean): Unconfirmed => [
  ...(core.unconfirmed && !measured ? [[core.name, core.unconfirmed] as const] : []),
  ...(runtime.unconfirmed ? [[runtime.name, runtime.unconfirmed] as const] : []),
];

function withUnconfirmed(band: Estimate, factors: Unconfirmed): Estimate {
  return factors.reduce(
    (product, [, { value, low = value, high = value }]) => times(product, { value, low, high }),
    band,
  );
}

/** The factor that turns computed cycles into an estimate, and what it rests on. */
export function errorBand(core: Core, runtime: Runtime): { band: Estimate; notes: string[] } {
  const compiledLike = runtime.id === 'wamr-aot' ? 'wasm2c' : runtime.id;
  const coreLike = core.timing.kind === 'single-issue' ? 'cortex-m4' : 'cortex-a7';
  const own = bands[`${compiledLike}/${core.id}`];
  // Firmware is measured on the project's kernels alone, off which its mechanisms were read; no build that it resembles is predicted blind better than code without checks.
  const like = bands[`${isFirmware(runtime) ? 'wasm2c-unchecked' : compiledLike}/${coreLike}`]!;
  // On a core that was measured later fewer kernels were predicted blind: its band is no narrower than that of the core whose code it runs.
  const { kernels, ...measured } = own ?? like;
  const low = Math.min(measured.low, like.low, isFirmware(runtime) ? leastOfFirmware[coreLike] : like.low);
  const high = Math.max(measured.high, like.high);
  const within = `between ${low} and ${high} times the estimate`;
  const spare = kernels < 10 ? 'with 15 % to spare' : 'in nine of ten cases';
  const notes = isFirmware(runtime)
    ? [
        `Cycles under ${runtime.name} on ${core.name} are cycle-approximate: taken to lie ${within}, as the kernels of this project do and 40 of 42 of the reference did (docs/firmware.md).`,
      ]
    : [
        `Cycles under ${runtime.name} on ${core.name} are cycle-approximate: on ${kernels} reference kernels the reference lay ${within} ${spare} (docs/validation.md).`,
      ];
  if (isFirmware(runtime) && coreLike === 'cortex-a7')
    notes.push(
      'Loops in which no check is left may be vectorised, which the model does not know: of modules from elsewhere such a loop took as little as a sixth of its estimate. In the kernels of this project such loops weigh little.',
    );
  if (runtime.id === 'wasm2c')
    notes.push(
      'All checks of wasm2c are costed. What `escapement export` compiles keeps those of addresses that it cannot prove: wasm2c-firmware predicts it (docs/firmware.md).',
    );
  if (runtime.execution.kind === 'interpreted')
    notes.push(
      `${runtime.name} repeats the reference closely, so its band is what the reference leaves open: ${open[coreLike].source}.`,
    );
  if (runtime.builds) notes.push(`Other builds of ${runtime.name} differ: ${runtime.builds.source}.`);
  for (const [name, { source }] of unconfirmed(core, runtime, own !== undefined))
    notes.push(`${name} has no timing reference of its own: ${source}.`);
  return { band: widened({ value: 1, low, high }, core, runtime, own !== undefined), notes };
}
