/** Power of one busy core at the clock used, from the board's law. */
import { scale, times, type Estimate } from '../../common/estimate.ts';
import type { SourceKind } from '../../common/sourced.ts';
import { band } from '../../boards/band.ts';
import type { Board, DynamicCoefficient } from '../../boards/board.ts';

export interface CpuPower {
  activeMw: Estimate;
  /** Microjoules of one million cycles on one core: active power over clock. */
  microjoulesPerMegacycle: Estimate;
  kind: SourceKind;
  source: string;
}

/** mW of one busy core; the band is that of the law's constants, not of the clock. */
export function cpuPower(board: Board): CpuPower {
  const { active, clock } = board.cpu;
  const mhz = clock.usedMhz.value;
  if (active.law === 'supply-current') {
    const activeMw = scale(times(band(active.currentMa), band(active.volts)), mhz / active.atMhz.value);
    return {
      activeMw,
      microjoulesPerMegacycle: perMegacycle(activeMw, mhz),
      kind: active.currentMa.kind,
      source: active.currentMa.source,
    };
  }
  const volts = voltsAt(active, mhz);
  const activeMw = scale(times(band(active.coefficient), times(volts, volts)), mhz * 1e-3);
  return {
    activeMw,
    microjoulesPerMegacycle: perMegacycle(activeMw, mhz),
    kind: active.coefficient.kind,
    source: active.coefficient.source,
  };
}

/**
 * Energy of one wake-up in uJ. A CPU that is woken faster than it can go to sleep stays awake: the wake-ups of a second
 * never cost more than one busy core.
 */
export function wakeEnergyUj(board: Board, wakeupsPerSecond: number): Estimate {
  const wake = band(board.cpu.wakeUj);
  if (wakeupsPerSecond <= 0) return wake;
  const awake = scale(cpuPower(board).activeMw, 1000 / wakeupsPerSecond);
  return {
    value: Math.min(wake.value, awake.value),
    low: Math.min(wake.low, awake.low),
    high: Math.min(wake.high, awake.high),
  };
}

/**
 * Time of one wake-up in ms, until samples are read and the kernel runs: the board gives its energy, which active power
 * spends in this time. Both rest on one number, so they cannot contradict each other. Woken faster than that, the CPU is
 * awake all the time.
 */
export function wakeMs(board: Board, wakeupsPerSecond: number): Estimate {
  const wake = band(board.cpu.wakeUj);
  const active = cpuPower(board).activeMw.value;
  const period = wakeupsPerSecond > 0 ? 1000 / wakeupsPerSecond : Infinity;
  const within = (microjoules: number) => Math.min(microjoules / active, period);
  return { value: within(wake.value), low: within(wake.low), high: within(wake.high) };
}

/** mW / MHz = nJ a cycle = mJ a megacycle, here in uJ. */
const perMegacycle = (activeMw: Estimate, mhz: number): Estimate => scale(activeMw, 1000 / mhz);

/** Supply voltage at a clock: straight lines between operating points, level beyond them. */
export function voltsAt(law: DynamicCoefficient, mhz: number): Estimate {
  const points = law.operatingPoints;
  const above = points.findIndex((point) => point.mhz >= mhz);
  if (above === -1) return band(points.at(-1)!.volts);
  if (above === 0) return band(points[0]!.volts);
  const [lower, upper] = [points[above - 1]!, points[above]!];
  const share = (mhz - lower.mhz) / (upper.mhz - lower.mhz);
  const [a, b] = [band(lower.volts), band(upper.volts)];
  const between = (key: keyof Estimate) => a[key] + share * (b[key] - a[key]);
  return { value: between('value'), low: between('low'), high: between('high') };
}
