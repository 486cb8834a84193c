/**
 * Hours on the wrist by a schedule, at the central values and at both ends of every band: what `escapement day` shows.
 * This type is its JSON; the schema is generated into `schemas/day.schema.json`.
 */
import type { Estimate } from '../../common/estimate.ts';
import { runTimeline } from './run-timeline.ts';
import type { BatteryLook, TimelineRun, TimelineSetup } from './setup.ts';

export interface DayResult {
  kernel: string;
  board: string;
  runtime: string;
  rateHz: number;
  workload: { id: string; title: string; source: string };
  hours: number;
  averageMw: Estimate;
  sensorMw: number;
  /** Out of the battery over the whole time, losses included. */
  energyMwh: Estimate;
  components: ComponentDay[];
  /** Load of each rail and what its regulator loses. */
  rails: { name: string; loadMwh: number; lossMwh: number }[];
  counts: TimelineRun['counts'];
  /** From the last sample of a window to its decision: FIFO delay and interrupting reads included. */
  latencyMs: TimelineRun['latencyMs'];
  battery: {
    /** State of charge at the end, 0 to 1. */
    socAtEnd: Estimate;
    /** When only the reserve is left: at the highest power and weakest battery, centrally, at the lowest; null: it lasts. */
    emptyAtHours: { soonest: number | null; central: number | null; latest: number | null };
    /** Central values, each hour. */
    curve: { hours: number; soc: number; volts: number }[];
  };
  /** Energy kept twice: by states and pulses, and streamed to the battery. */
  conservation: { byStatesUj: number; streamedUj: number; differenceUj: number };
  notes: string[];
}

export interface ComponentDay {
  name: string;
  /** null: straight from the battery. */
  rail: string | null;
  sensor: boolean;
  mwh: number;
  secondsByState: { [state: string]: number };
  countByPulse: { [pulse: string]: number };
}

const mwhPerMicrojoule = 1 / 3.6e6;

const hoursOf = ({ battery }: TimelineRun): number | null =>
  battery.emptyAtSeconds === null ? null : battery.emptyAtSeconds / 3600;

export function simulateDay(
  about: Pick<DayResult, 'kernel' | 'board' | 'runtime' | 'rateHz' | 'notes'>,
  setup: TimelineSetup,
): DayResult {
  const looks: BatteryLook[] = [];
  const central = runTimeline({ ...setup, observeBattery: (look) => void looks.push(look) });
  const low = runTimeline(setup, 'low');
  const high = runTimeline(setup, 'high');
  const mwh = (run: TimelineRun) => run.batteryMicrojoules * mwhPerMicrojoule;
  const { id, title, source } = setup.schedule;
  return {
    ...about,
    workload: { id, title, source },
    hours: setup.durationSeconds / 3600,
    averageMw: { value: central.averageMw, low: low.averageMw, high: high.averageMw },
    sensorMw: central.sensorMw,
    energyMwh: { value: mwh(central), low: mwh(low), high: mwh(high) },
    components: central.components.map(({ microjoules, ...rest }) => ({
      ...rest,
      mwh: microjoules * mwhPerMicrojoule,
    })),
    rails: central.rails.map(({ name, loadMicrojoules, lossMicrojoules }) => ({
      name,
      loadMwh: loadMicrojoules * mwhPerMicrojoule,
      lossMwh: lossMicrojoules * mwhPerMicrojoule,
    })),
    counts: central.counts,
    latencyMs: central.latencyMs,
    battery: {
      socAtEnd: ordered(central.battery.soc, high.battery.soc, low.battery.soc),
      emptyAtHours: { soonest: hoursOf(high), central: hoursOf(central), latest: hoursOf(low) },
      curve: hourly(looks),
    },
    conservation: {
      byStatesUj: central.batteryMicrojoules,
      streamedUj: central.streamedMicrojoules,
      differenceUj: Math.abs(central.batteryMicrojoules - central.streamedMicrojoules),
    },
  };
}

/** Ends in order: an emptied weak battery keeps a larger reserve than an emptied strong one. */
const ordered = (value: number, a: number, b: number): Estimate => ({
  value,
  low: Math.min(value, a, b),
  high: Math.max(value, a, b),
});

/** The look at each full hour, the full battery before them and the end behind them. */
function hourly(looks: readonly BatteryLook[]): DayResult['battery']['curve'] {
  const curve = [{ hours: 0, soc: 1, volts: looks[0]?.volts ?? 0 }];
  for (const { seconds, soc, volts } of looks) {
    const hours = seconds / 3600;
    const last = curve.at(-1)!.hours;
    if (Math.floor(hours + 1e-9) > Math.floor(last + 1e-9))
      curve.push({ hours: Math.round(hours), soc, volts });
  }
  const end = looks.at(-1);
  if (end && end.seconds / 3600 > curve.at(-1)!.hours + 1e-9)
    curve.push({ hours: end.seconds / 3600, soc: end.soc, volts: end.volts });
  return curve;
}
