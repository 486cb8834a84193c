/**
 * Average power of a pipeline on a board, at the battery:
 *
 *   P(f) = P_board + P_sensor,fixed + E_sample x f + E_wake x wakes/s + E_inference x inferences/s + E_radio x bytes/s
 *
 * each term from its part's law, regulators included. Bands by interval arithmetic: every constant at its low end gives
 * the low end of the sum, so a band holds whatever way the unknowns turn out. Nothing here depends on a run's length.
 */
import { scale, sum, times, type Estimate } from '../../common/estimate.ts';
import type { PartPower } from '../result.ts';
import { missingSensors, type MissingSensor } from '../sensors/missing-sensors.ts';
import type { SensorPower } from '../sensors/sensor-power.ts';
import { cpuPower } from './cpu-power.ts';
import { loadsOf, sends, type Load } from './loads.ts';
import { regulatorLoads } from './regulators.ts';
import { checkWorkload, type Workload } from './workload.ts';

export interface AveragePower {
  averageMw: Estimate;
  /** What the sensors draw with their supply: the figure that the Pulse paper's savings are about. */
  sensorMw: number;
  sensorBandMw: Estimate;
  /** Adds up to `averageMw`. */
  parts: PartPower[];
  notes: string[];
  /** Sensors that the board does not have: the figures leave them out and are no cost of this pipeline. */
  missing: MissingSensor[];
  sensorRuns: SensorPower[];
  /** Busy share of one core. */
  utilization: Estimate;
  /** Energy of one decision and of taking in one frame, at the core (regulator losses excluded). */
  inferenceUj: Estimate;
  sampleUj: Estimate;
}

/** Refuses rates and amounts that are not numbers (ESC406, ESC408). */
export function averagePower(workload: Workload): AveragePower {
  checkWorkload(workload);
  const { board } = workload;
  const { loads, sensorRuns, utilization } = loadsOf(workload);
  const all = [...loads, ...regulatorLoads(board, loads)];
  const missing = missingSensors(board, workload.pipelineSensors);
  const energy = cpuPower(board).microjoulesPerMegacycle;
  const sensorBandMw = sum(all.filter((load) => load.sensor).map((load) => load.mw));

  const notes = [
    ...missing.map(
      ({ reason }) => `${reason} The power figures leave it out and are no cost of this pipeline.`,
    ),
    ...board.notes,
    ...sensorRuns.flatMap((run) => run.notes),
    ...(board.cpu.sleepMw ? [] : ['The power of sleeping cores is counted in the baseline of the board.']),
  ];
  if (
    board.sensors.imu?.likeness.kind === 'assumed' &&
    workload.pipelineSensors.some((name) => name !== 'ppg')
  ) {
    notes.push(`The IMU of this board is not documented: ${board.sensors.imu.part} stands in for it.`);
  }
  if (utilization.high > board.cpu.cores.value) {
    const sure = utilization.low > board.cpu.cores.value ? 'is' : 'may be';
    notes.push(
      `The CPU ${sure} overloaded: ${percent(utilization.value)} of one core is asked for and there are ${board.cpu.cores.value}; decisions would fall behind, and the power given is what keeping up would cost.`,
    );
  }
  if (sends(workload) && !board.radio) {
    notes.push('The radio of this board is not known: sending is left out of the power figures.');
  }
  return {
    averageMw: sum(all.map((load) => load.mw)),
    sensorMw: sensorBandMw.value,
    sensorBandMw,
    parts: all.map(partPower),
    notes: [...new Set(notes)],
    missing,
    sensorRuns,
    utilization,
    inferenceUj: times(scale(workload.cyclesPerInference, 1e-6), energy),
    sampleUj: times(scale(workload.cyclesPerSample, 1e-6), energy),
  };
}

const partPower = ({ name, mw, kind, source, sensor }: Load): PartPower => ({
  name,
  mw: mw.value,
  low: mw.low,
  high: mw.high,
  kind,
  source,
  sensor,
});

const percent = (share: number): string => `${Math.round(share * 100)} %`;
