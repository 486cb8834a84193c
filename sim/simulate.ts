/**
 * kernel profile + board + runtime -> latency, memory, power, battery and a verdict. Cycle-approximate: every figure
 * carries the band that its sources deserve. Knows nothing of ONNX or of pipelines.
 */
import type { Board, SensorName } from '../boards/board.ts';
import { band } from '../boards/band.ts';
import { exact, scale, sum, times, type Estimate } from '../common/estimate.ts';
import { checkBudgets } from './budget/check-budgets.ts';
import { verdictOf } from './budget/judge.ts';
import { utilizationOf } from './budget/throughput.ts';
import { contention } from './decision/contention.ts';
import { computingMs, decisionPath, latencyOf } from './decision/path.ts';
import { dataStalls } from './kernel-stalls.ts';
import { kernelCost } from './kernel-cost.ts';
import { joinStages, type DecisionCycles } from './latency.ts';
import { memoryAdvice } from './memory/advice.ts';
import { constantsBothWays } from './memory/constants.ts';
import { allCounts } from './memory/all-counts.ts';
import { footprint } from './memory/footprint.ts';
import { kernelWorstCase } from './worst-case/kernel-worst-case.ts';
import { worstCaseNote, worstLatency } from './worst-case/worst-latency.ts';
import { averagePower } from './power/average-power.ts';
import { batteryLife } from './power/battery-life.ts';
import type { KernelProfile } from './profile.ts';
import type { AccuracySummary, LatencyPart, SimulationResult, StageCost } from './result.ts';
import { findRuntime } from './runtimes/index.ts';
import { boardForChannels } from './sensors/channels.ts';
import { hostResampling, type Resampling } from './sensors/resampling.ts';
import { boardSensorPower } from './sensors/sensor-power.ts';
import { readsPerHop, wakeupsPerSecond } from './sensors/wakeups.ts';

export interface Scenario {
  profile: KernelProfile;
  board: Board;
  /** Runtime id. */
  runtime: string;
  budgets: { latencyMs?: number; averageMw?: number; batteryHours?: number };
  accuracy: AccuracySummary | null;
  /**
   * For advice on memory: the kernel in the shape that suits another runtime; null says nothing of that runtime. Without it the advice is
   * about this very module.
   */
  shapedFor?: (runtime: string) => KernelProfile | null;
}

export function simulate(scenario: Scenario): SimulationResult {
  const { profile, board: given, runtime, budgets, accuracy } = scenario;
  const { manifest, analysis } = profile;
  const ppgChannels = manifest.channels.filter(({ sensor }) => sensor === 'ppg').length;
  const board = boardForChannels(given, ppgChannels);
  const core = board.cpu.core;
  const flash = board.cpu.flashSlowdown ? band(board.cpu.flashSlowdown) : exact(1);
  const cost = kernelCost(profile, core, runtime);
  const stalls = dataStalls(profile, board);
  const stages = profile.stages.map(({ stage }, at): StageCost => ({
    name: stage.export,
    title: stage.title,
    cycles: times(
      stalls ? sum([cost.stages[at]!.cycles, stalls.byStage[at]!]) : cost.stages[at]!.cycles,
      flash,
    ),
    wasmOps: cost.stages[at]!.wasmOps,
    macs: stage.macs,
    ...(stage.parallel ? { parallel: stage.parallel } : {}),
  }));
  const decision = joinStages(stages, board.cpu.cores.value);
  const pipelineSensors = [...new Set(manifest.channels.map((c) => c.sensor))] as SensorName[];
  const resampling = hostResamplings(board, manifest);
  const cyclesPerSample = sum([
    cost.push ? scale(times(cost.push, flash), 1 / profile.push!.frames) : exact(0),
    ...resampling.map(({ cyclesPerFrame }) => cyclesPerFrame),
  ]);
  const cyclesSource = `cycle model of ${findRuntime(runtime).name} on ${core}`;
  const latencyParts = decisionPath({
    board,
    pipelineSensors,
    rateHz: manifest.rateHz,
    hopSeconds: manifest.hopSeconds,
    path: decision.path,
    cyclesPerSample,
    cyclesSource,
    ...(decision.coresUsed > 1
      ? { contention: contention(board, stages, decision.path, manifest.memory.constantBytes) }
      : {}),
  });
  const latencyMs = latencyOf(latencyParts);
  const worstCase = worstLatency(
    kernelWorstCase(profile, core, runtime, cost.stages),
    { latencyMs, cycles: sum(cost.stages.map(({ cycles }) => cycles)) },
    board.cpu.clock.usedMhz.value / flash.value,
  );

  const power = averagePower({
    board,
    pipelineSensors,
    rateHz: manifest.rateHz,
    samplesPerSecond: manifest.rateHz,
    wakeupsPerSecond: wakeupsPerSecond(board, pipelineSensors, manifest.rateHz, manifest.hopSeconds),
    cyclesPerSample,
    cyclesPerInference: decision.total,
    inferencesPerSecond: 1 / manifest.hopSeconds,
  });
  const utilization = utilizationOf({
    board,
    busyMs: computingMs(latencyParts),
    cyclesPerSample,
    samplesPerHop: manifest.rateHz * manifest.hopSeconds,
    readsPerHop: readsPerHop(board, pipelineSensors, manifest.rateHz, manifest.hopSeconds),
    hopSeconds: manifest.hopSeconds,
  });
  const battery = batteryLife(board, power.averageMw);
  const footprintOf = (shaped: KernelProfile, id: string) =>
    footprint({ ...shaped, counts: allCounts(shaped), runtime: id, core });
  const items = footprintOf(profile, runtime);
  const checks = checkBudgets({
    board,
    budgets,
    pipelineSensors,
    ppgChannels,
    rateHz: manifest.rateHz,
    latencyMs,
    latencyUncertainty: widest(latencyParts),
    worstCase,
    averageMw: power.averageMw,
    parts: power.parts,
    batteryHours: battery.hours,
    memory: items,
    utilization,
    hopSeconds: manifest.hopSeconds,
  });
  const memoryChecks = checks.filter((c) => c.budget === 'flashBytes' || c.budget === 'ramBytes');
  return {
    kernel: manifest.name,
    board: board.id,
    runtime,
    rateHz: manifest.rateHz,
    ppgChannels,
    trainedForRate: manifest.trainedForRate,
    windowSeconds: manifest.windowSeconds,
    hopSeconds: manifest.hopSeconds,
    core,
    coresUsed: decision.coresUsed,
    clockMhz: board.cpu.clock.usedMhz.value,
    latencyMs,
    worstCase,
    latencyParts,
    cyclesPerInference: Math.round(decision.path.value),
    cycles: decision.path,
    wasmOpsPerInference: stages.reduce((total, stage) => total + stage.wasmOps, 0),
    macsPerInference: manifest.macs,
    cyclesPerSample: cyclesPerSample.value,
    utilization,
    stages,
    power: { averageMw: power.averageMw, sensorMw: power.sensorMw, parts: power.parts },
    battery,
    memory: {
      flashBytes: items.reduce((total, item) => total + item.flashBytes, 0),
      ramBytes: items.reduce((total, item) => total + item.ramBytes, 0),
      fits: memoryChecks.every((c) => c.verdict === 'pass'),
      items,
      constants: constantsBothWays(items, findRuntime(runtime), analysis),
      advice: memoryAdvice({
        board,
        runtime,
        checks,
        items,
        constantBytes: manifest.memory.constantBytes,
        under: (id) => {
          const shaped = scenario.shapedFor ? scenario.shapedFor(id) : profile;
          return shaped && footprintOf(shaped, id);
        },
      }),
    },
    accuracy,
    checks,
    verdict: verdictOf(checks),
    notes: [
      ...new Set([
        worstCaseNote(worstCase, latencyMs.value),
        ...cost.notes,
        ...(stalls ? [stalls.note] : []),
        ...power.notes,
        ...batteryNotes(board),
        ...resampling.map(({ note }) => note),
        ...timingNotes(profile, board, decision),
        ...flashNotes(board, runtime),
      ]),
    ],
  };
}

/** Parts whose rate the host must change, each with its cost. A kernel that takes timestamps resamples by itself. */
function hostResamplings(board: Board, manifest: KernelProfile['manifest']): Resampling[] {
  if (manifest.io.time) return [];
  const sensors = [...new Set(manifest.channels.map(({ sensor }) => sensor))] as SensorName[];
  return boardSensorPower(board, sensors, manifest.rateHz).flatMap((run) => {
    const own = manifest.channels.filter(
      ({ sensor }) => (sensor === 'ppg') === (run.part === board.sensors.ppg?.part),
    );
    return hostResampling(run, manifest.rateHz, own.length) ?? [];
  });
}

/** Every assumed number that battery life rests on, with its reason. */
function batteryNotes({ battery }: Board): string[] {
  const { capacityMah, volts, usableFraction, ageing } = battery;
  const assumed = [
    [`${capacityMah.value} mAh`, capacityMah],
    [`${volts.value} V`, volts],
    [`${Math.round(usableFraction.value * 100)} % usable`, usableFraction],
    [`${Math.round(ageing.value * 100)} % left by age`, ageing],
  ] as const;
  return assumed
    .filter(([, { kind }]) => kind === 'assumed')
    .map(([figure, { source }]) => `Battery: ${figure} is assumed (${source}).`);
}

/** The part of the latency that its band owes most to. */
const widest = (parts: readonly LatencyPart[]): string => {
  const { name, source } = [...parts].sort((a, b) => b.high - b.low - (a.high - a.low))[0]!;
  return name === 'kernel' ? `the ${source}` : `${name} (${source})`;
};

/** What the factor for code from flash does not cover. */
function flashNotes(board: Board, runtime: string): string[] {
  const { flashSlowdown } = board.cpu;
  if (!flashSlowdown) return [];
  return [
    `Code from flash: cycles without wait states times ${flashSlowdown.value} (${flashSlowdown.source}).`,
    ...(findRuntime(runtime).execution.kind === 'compiled'
      ? [
          'Latency is that of constants in RAM: read from flash, each load of a weight waits, and for how long is not published for this chip.',
        ]
      : []),
  ];
}

function timingNotes(
  { manifest }: KernelProfile,
  board: Board,
  { path, total, coresUsed }: DecisionCycles,
): string[] {
  const ms = ({ value }: Estimate): string => (value / (1000 * board.cpu.clock.usedMhz.value)).toFixed(1);
  return [
    'Latency counts from the last sample of a window to its decision: FIFO, wake-up, samples, kernel, and clock ramp and contention where there are any.',
    ...(manifest.trainedForRate
      ? []
      : [
          `No model was trained for ${manifest.rateHz} Hz: the model is re-timed, so there is a cost and no accuracy.`,
        ]),
    ...(coresUsed > 1
      ? [
          `${coresUsed} cores work side by side, one instance a branch: the kernel takes ${ms(path)} ms, on one core ${ms(total)} ms. What they wait for each other in the shared L2 is the part "contention"; the clock is one for both, so its ramp counts once.`,
        ]
      : []),
  ];
}
