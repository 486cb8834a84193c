/**
 * The loads of a running pipeline on the board's rails, each from its own law:
 *
 *   sensors   their datasheet's law at the rate asked for
 *   baseline  constant, straight from the battery
 *   cpu       inference and sampling: cycles a second x energy a cycle; wake-ups x energy; sleep for the rest
 *   radio     messages a second x energy a message
 */
import { scale, times, type Estimate } from '../../common/estimate.ts';
import type { SourceKind } from '../../common/sourced.ts';
import { band } from '../../boards/band.ts';
import { boardSensorPower, type SensorPower } from '../sensors/sensor-power.ts';
import { cpuPower, wakeEnergyUj } from './cpu-power.ts';
import { radioMessage } from './radio.ts';
import type { Workload } from './workload.ts';

export interface Load {
  name: string;
  /** Rail that feeds the load; null: straight from the battery. */
  rail: string | null;
  mw: Estimate;
  kind: SourceKind;
  source: string;
  /** Counts in `sensorMw`. */
  sensor: boolean;
}

export interface Loads {
  loads: Load[];
  sensorRuns: SensorPower[];
  /** Share of time that one core is busy; above the number of cores the board cannot keep up. */
  utilization: Estimate;
}

export function loadsOf(workload: Workload): Loads {
  const { board } = workload;
  const { pipelineSensors, rateHz } = workload;
  const sensorRuns = boardSensorPower(board, pipelineSensors, rateHz, workload);
  const cpu = cpuPower(board);
  const { rail } = board.cpu;

  const perInference = times(scale(workload.cyclesPerInference, 1e-6), cpu.microjoulesPerMegacycle);
  const perSample = times(scale(workload.cyclesPerSample, 1e-6), cpu.microjoulesPerMegacycle);
  const utilization = scale(
    {
      value: busyCycles(workload, 'value'),
      low: busyCycles(workload, 'low'),
      high: busyCycles(workload, 'high'),
    },
    1e-6 / board.cpu.clock.usedMhz.value,
  );
  const cpuLoad = (name: string, mw: Estimate): Load => ({
    name,
    rail,
    mw,
    kind: cpu.kind,
    source: cpu.source,
    sensor: false,
  });

  const loads: Load[] = [
    ...sensorRuns.flatMap((run) => run.parts.map((part): Load => ({ ...part, sensor: true }))),
    {
      name: board.baseline.role === 'sensor-supply' ? 'board fixed part' : 'baseline',
      rail: null,
      mw: band(board.baseline.mw),
      kind: board.baseline.mw.kind,
      source: board.baseline.mw.source,
      sensor: board.baseline.role === 'sensor-supply',
    },
    cpuLoad('cpu inference', scale(perInference, workload.inferencesPerSecond * 1e-3)),
    cpuLoad('cpu sampling', scale(perSample, workload.samplesPerSecond * 1e-3)),
    {
      ...cpuLoad(
        'cpu wake-ups',
        scale(wakeEnergyUj(board, workload.wakeupsPerSecond), workload.wakeupsPerSecond * 1e-3),
      ),
      kind: board.cpu.wakeUj.kind,
      source: board.cpu.wakeUj.source,
    },
  ];
  if (board.cpu.sleepMw) {
    const sleep = band(board.cpu.sleepMw);
    loads.push({
      ...cpuLoad('cpu sleep', {
        value: sleep.value * asleep(utilization.value),
        low: sleep.low * asleep(utilization.high),
        high: sleep.high * asleep(utilization.low),
      }),
      kind: board.cpu.sleepMw.kind,
      source: board.cpu.sleepMw.source,
    });
  }
  if (board.radio && sends(workload)) {
    const { bytesPerMessage, messagesPerSecond } = workload.radio!;
    const message = radioMessage(board.radio, bytesPerMessage);
    loads.push({
      name: 'radio',
      rail: board.radio.rail,
      mw: scale(message.microjoules, messagesPerSecond * 1e-3),
      kind: message.kind,
      source: message.source,
      sensor: false,
    });
  }
  return { loads, sensorRuns, utilization };
}

/** Whether anything is sent at all. */
export const sends = ({ radio }: Workload): boolean =>
  radio !== undefined && radio.bytesPerMessage * radio.messagesPerSecond > 0;

const asleep = (busy: number): number => Math.max(0, 1 - busy);

const busyCycles = (workload: Workload, end: keyof Estimate): number =>
  workload.cyclesPerInference[end] * workload.inferencesPerSecond +
  workload.cyclesPerSample[end] * workload.samplesPerSecond;
