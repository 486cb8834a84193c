/**
 * What it costs the CPU when a part does not make the rate asked for: the host takes every sample of the part and
 * interpolates between two of them for each frame of the kernel.
 */
import { scale, type Estimate } from '../../common/estimate.ts';
import type { Sourced } from '../../common/sourced.ts';
import { band } from '../../boards/band.ts';
import { rateTolerance } from '../../boards/parts/rates.ts';
import type { SensorPower } from './sensor-power.ts';

const numbers = {
  /** Of one channel of one sample that comes in: unpack, keep. */
  perSample: {
    value: 12,
    unit: 'cycles',
    kind: 'assumed',
    source: 'about ten instructions to unpack and keep one value; not measured',
    low: 4,
    high: 60,
  },
  /** Of one channel of one frame that goes out: two products, one sum, rounding. */
  perFrame: {
    value: 25,
    unit: 'cycles',
    kind: 'assumed',
    source: 'linear interpolation in integers: position, two products, rounding; not measured',
    low: 10,
    high: 120,
  },
} satisfies { [name: string]: Sourced };

export interface Resampling {
  /** Cycles for each frame that the kernel takes in. */
  cyclesPerFrame: Estimate;
  note: string;
}

/** Undefined when the part runs at the rate itself. `channels`: values of one frame that come from this part. */
export function hostResampling(run: SensorPower, rateHz: number, channels: number): Resampling | undefined {
  if (run.actualRateHz <= rateHz * (1 + rateTolerance) || channels === 0) return undefined;
  const samplesPerFrame = run.actualRateHz / rateHz;
  const [sample, frame] = [band(numbers.perSample), band(numbers.perFrame)];
  const cyclesPerFrame = scale(
    {
      value: sample.value * samplesPerFrame + frame.value,
      low: sample.low * samplesPerFrame + frame.low,
      high: sample.high * samplesPerFrame + frame.high,
    },
    channels,
  );
  const { value, low, high } = cyclesPerFrame;
  return {
    cyclesPerFrame,
    note: `The host resamples ${run.part} from ${round(run.actualRateHz)} Hz to ${round(rateHz)} Hz: ${Math.round(value)} cycles a frame are assumed (${Math.round(low)} to ${Math.round(high)}) and counted as sampling.`,
  };
}

const round = (hz: number): string => String(Number(hz.toPrecision(6)));
