/** The components of a running pipeline on a board, at one end of every band. */
import type { Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import { cpuPower, wakeEnergyUj } from '../power/cpu-power.ts';
import { radioMessage } from '../power/radio.ts';
import { boardSensorPower } from '../sensors/sensor-power.ts';
import { wakeupsPerSecond } from '../sensors/wakeups.ts';
import type { Component } from './ledger.ts';
import type { TimelineSetup } from './setup.ts';

export interface Components {
  sensors: Component[];
  /** States: sleep, read (takes samples in), inference. Pulses: wake, decision. */
  cpu: Component;
  baseline: Component;
  /** Pulse: message. Absent where nothing is sent or the radio is not known. */
  radio?: Component;
  all: Component[];
  /** By rail. */
  efficiency: { [rail: string]: number };
  /** Wall-clock time of one decision and of taking in one frame. */
  inferenceNs: number;
  readNsPerFrame: number;
  /** Time on the air of one message. */
  radioNs: number;
}

const opposite: { [key in keyof Estimate]: keyof Estimate } = { low: 'high', value: 'value', high: 'low' };

export function componentsOf(setup: TimelineSetup, end: keyof Estimate): Components {
  const { board } = setup;
  const cpuLaw = cpuPower(board);
  const wakeups = wakeupsPerSecond(board, setup.pipelineSensors, setup.rateHz, setup.hopSeconds);
  const inferenceNs = Math.round(setup.inferenceMs[end] * 1e6);
  const inferenceUj = setup.cyclesPerInference[end] * 1e-6 * cpuLaw.microjoulesPerMegacycle[end];
  const sensors = boardSensorPower(board, setup.pipelineSensors, setup.rateHz).flatMap((run) =>
    run.parts.map((part): Component => ({
      name: part.name,
      rail: part.rail,
      sensor: true,
      states: { off: 0, on: part.mw[end] },
      pulses: {},
      ...(part.pulse ? { ripple: part.pulse } : {}),
    })),
  );
  const cpu: Component = {
    name: 'cpu',
    rail: board.cpu.rail,
    sensor: false,
    states: {
      sleep: board.cpu.sleepMw ? band(board.cpu.sleepMw)[end] : 0,
      read: cpuLaw.activeMw[end],
      // uJ / ms = mW: several busy cores draw more than one.
      inference: inferenceNs > 0 ? inferenceUj / (inferenceNs * 1e-6) : 0,
    },
    // A decision without a duration still costs its energy.
    pulses: { wake: wakeEnergyUj(board, wakeups)[end], decision: inferenceNs > 0 ? 0 : inferenceUj },
  };
  const baseline: Component = {
    name: board.baseline.role === 'sensor-supply' ? 'board fixed part' : 'baseline',
    rail: null,
    sensor: board.baseline.role === 'sensor-supply',
    states: { on: band(board.baseline.mw)[end] },
    pulses: {},
  };
  const radio: Component | undefined =
    board.radio && setup.bytesPerDecision
      ? {
          name: 'radio',
          rail: board.radio.rail,
          sensor: false,
          states: {},
          pulses: { message: radioMessage(board.radio, setup.bytesPerDecision).microjoules[end] },
        }
      : undefined;
  const rails = Object.entries(board.rails);
  return {
    sensors,
    cpu,
    baseline,
    ...(radio ? { radio } : {}),
    all: [...sensors, cpu, baseline, ...(radio ? [radio] : [])],
    efficiency: Object.fromEntries(rails.map(([name, rail]) => [name, band(rail.efficiency)[opposite[end]]])),
    inferenceNs,
    radioNs:
      board.radio && setup.bytesPerDecision
        ? Math.round(radioMessage(board.radio, setup.bytesPerDecision).seconds * 1e9)
        : 0,
    readNsPerFrame: (setup.cyclesPerSample[end] / board.cpu.clock.usedMhz.value) * 1e3,
  };
}
