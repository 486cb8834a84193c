/** Speed of the sub-RNN on watches: the DeepAuth paper's text, against kernels of the same three networks. */
import type { Estimate } from '../../common/estimate.ts';
import { runtimeIds } from '../../sim/runtimes/index.ts';
import { claim, type ClaimRow } from '../../report/claims/claim.ts';
import { claimsOf } from '../../report/view/claims.ts';
import { kernelMs } from '../../report/view/speed-up.ts';
import { durationBand, ratio } from '../../report/text/quantity.ts';
import type { ClaimContext, Simulated } from './context.ts';

/** The watches of the paper (section on the implementation). */
const watches = ['sony-smartwatch-3', 'samsung-gear-live', 'moto-360-sport'];
const runtime = 'wasm2c';
const rateHz = 50;
const source = 'DeepAuth paper (ISWC 2018), text';
const publishedOn = 'Sony SmartWatch 3, Samsung Gear Live, Moto 360 Sport; inference engine not published';
const modelOn = `the same watches, ${runtime}, ${rateHz} Hz, 4 s; hidden units as published, sizes around them assumed`;

export async function deepauthRows(context: ClaimContext): Promise<ClaimRow[]> {
  const on = async (model: string, under = runtime): Promise<Simulated[]> => {
    const found = await Promise.all(
      watches.map((board) => context.simulate('deepauth', model, rateHz, board, under)),
    );
    return found.filter((simulated) => simulated !== null);
  };
  const sub = await on('sub128');
  if (sub.length === 0) return [];
  const [large, small] = [await on('rnn128'), await on('rnn64')];
  const slowest = await slowestOf(on);
  const base = { system: 'deepauth', source, publishedOn };
  const published = claimsOf('deepauth')!.speedUps;
  const speedUp = (against: readonly Simulated[], id: string, because: string): ClaimRow => {
    const found = published.find((row) => row.against === id)!;
    return claim({
      ...base,
      claim: `sub-RNN faster than the ${id === 'rnn128' ? '128' : '64'}-unit RNN`,
      published: found.published,
      modelOn: `${modelOn}; two cores, the kernel's own time (wake-up and clock ramp are alike for both)`,
      unit: 'x',
      model: spread(against.map((other, watch) => kernelMs(other.result) / kernelMs(sub[watch]!.result))),
      range: found.publishedRange,
      arithmetic: { says: found.arithmetic, range: found.arithmeticRange },
      because: `${because} Multiply-accumulates on two cores allow ${found.arithmetic} over the readings of the paper; those of these kernels allow ${ratio(pathMacs(against[0]!) / pathMacs(sub[0]!))}, and what is no multiply-accumulate (activations, gates, the step itself) is not halved for each unit.`,
    });
  };
  return [
    claim({
      ...base,
      claim: 'sub-RNN decides',
      published: 'in under 0.5 s',
      modelOn,
      unit: 'ms',
      model: widest(sub),
      range: [0, 500],
    }),
    claim({
      ...base,
      claim: 'a standard RNN may take',
      published: 'more than 5 s',
      modelOn: `128 units, ${modelOn}`,
      unit: 'ms',
      model: widest(large),
      range: [5000, Infinity],
      because: `A kernel compiled for the watch is faster than the engine of the paper was; under ${slowest.runtime}, the slowest runtime here, the same network takes ${durationBand(slowest.latencyMs)}.`,
    }),
    speedUp(large, 'rnn128', 'No reading of the paper gives 10x from arithmetic.'),
    speedUp(small, 'rnn64', 'The published ratio is above what two halves on two cores save.'),
    claim({
      ...base,
      claim: 'sub-RNN smaller than the 128-unit RNN',
      published: 'about 30 %',
      modelOn: 'constants of the fixed-point kernels (weights, scales, tables)',
      unit: '%',
      model: spread([100 * (1 - constants(sub[0]!) / constants(large[0]!))]),
      range: [25, 35],
      because:
        'Two 64-unit cells have half of the recurrent weights; how much of the model that is depends on widths that are not published.',
    }),
  ];
}

async function slowestOf(on: (model: string, under: string) => Promise<Simulated[]>) {
  const all = await Promise.all(
    runtimeIds.map(async (id) => ({ runtime: id, latencyMs: widest(await on('rnn128', id)) })),
  );
  return all.reduce((a, b) => (b.latencyMs.value > a.latencyMs.value ? b : a));
}

/** Multiply-accumulates on the longest path: branches side by side count once. */
function pathMacs({ result: { stages } }: Simulated): number {
  const of = (branch: number | undefined) =>
    stages.filter(({ parallel }) => parallel?.branch === branch).reduce((sum, { macs }) => sum + macs, 0);
  const branches = new Set(stages.flatMap(({ parallel }) => (parallel ? [parallel.branch] : [])));
  return of(undefined) + Math.max(0, ...[...branches].map(of));
}

const constants = ({ ready }: Simulated): number => ready.built.manifest.memory.constantBytes;

/** The slowest watch's value, and the band over all of them. */
const widest = (all: readonly Simulated[]): Estimate => ({
  value: Math.max(...all.map(({ result }) => result.latencyMs.value)),
  low: Math.min(...all.map(({ result }) => result.latencyMs.low)),
  high: Math.max(...all.map(({ result }) => result.latencyMs.high)),
});

/** From the least to the greatest over the watches; the middle is their mean. The cycle model's error cancels in a ratio. */
const spread = (values: readonly number[]): Estimate => ({
  value: values.reduce((sum, value) => sum + value, 0) / values.length,
  low: Math.min(...values),
  high: Math.max(...values),
});
