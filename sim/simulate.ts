/**
 * kernel profile + board + runtime -> latency, memory, power, battery and a verdict. Cycle-approximate: every figure
 * carries the band that its sources deserve. Knows nothing of ONNX or of pipelines.
 */
import type { Board, SensorName } from '../boards/board.ts';
import { band } from '../boards/band.ts';
import { divide, exact, scale, times, type Estimate } from '../common/estimate.ts';
import { checkBudgets } from './budget/check-budgets.ts';
import { verdictOf } from './budget/judge.ts';
import { utilizationOf } from './budget/throughput.ts';
import { kernelCost } from './kernel-cost.ts';
import { joinStages } from './latency.ts';
import { memoryAdvice } from './memory/advice.ts';
import { allCounts } from './memory/all-counts.ts';
import { footprint } from './memory/footprint.ts';
import { averagePower } from './power/average-power.ts';
import { batteryLife } from './power/battery-life.ts';
import type { KernelProfile } from './profile.ts';
import type { AccuracySummary, SimulationResult, StageCost } from './result.ts';
import { findRuntime } from './runtimes/index.ts';
import { readsPerHop, wakeupsPerSecond } from './sensors/wakeups.ts';

export interface Scenario {
  profile: KernelProfile;
  board: Board;
  /** Runtime id. */
  runtime: string;
  budgets: { latencyMs?: number; averageMw?: number; batteryHours?: number };
  accuracy: AccuracySummary | null;
}

/**
 * What two busy cores may lose to each other in a shared L2 and memory. No figure for these chips was found; the
 * kernels' working set misses L1 rarely (arm-truth: under 3 % of the time), so a tenth is a cautious upper end.
 */
const CONTENTION: Estimate = { value: 1, low: 1, high: 1.1 };

export function simulate({ profile, board, runtime, budgets, accuracy }: Scenario): SimulationResult {
  const { manifest, analysis } = profile;
  const core = board.cpu.core;
  const flash = board.cpu.flashSlowdown ? band(board.cpu.flashSlowdown) : exact(1);
  const cost = kernelCost(profile, core, runtime);
  const stages = profile.stages.map(({ stage }, at): StageCost => ({
    name: stage.export,
    title: stage.title,
    cycles: times(cost.stages[at]!.cycles, flash),
    wasmOps: cost.stages[at]!.wasmOps,
    macs: stage.macs,
    ...(stage.parallel ? { parallel: stage.parallel } : {}),
  }));
  const decision = joinStages(stages, board.cpu.cores.value);
  const shared = decision.coresUsed > 1 ? times(decision.path, CONTENTION) : decision.path;
  const clockMhz = band(board.cpu.clock.usedMhz);
  const latencyMs = scale(divide(shared, clockMhz), 1e-3);
  const cyclesPerSample = cost.push ? scale(times(cost.push, flash), 1 / profile.push!.frames) : exact(0);

  const pipelineSensors = [...new Set(manifest.channels.map((c) => c.sensor))] as SensorName[];
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
    path: shared,
    cyclesPerSample,
    samplesPerHop: manifest.rateHz * manifest.hopSeconds,
    readsPerHop: readsPerHop(board, pipelineSensors, manifest.rateHz, manifest.hopSeconds),
    hopSeconds: manifest.hopSeconds,
  });
  const battery = batteryLife(board, power.averageMw);
  const footprintUnder = (id: string) =>
    footprint({ analysis, counts: allCounts(profile), manifest, runtime: id, core });
  const items = footprintUnder(runtime);
  const checks = checkBudgets({
    board,
    budgets,
    pipelineSensors,
    rateHz: manifest.rateHz,
    latencyMs,
    latencyUncertainty: `the cycle model of ${findRuntime(runtime).name} on ${core}`,
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
    trainedForRate: manifest.trainedForRate,
    windowSeconds: manifest.windowSeconds,
    hopSeconds: manifest.hopSeconds,
    core,
    coresUsed: decision.coresUsed,
    clockMhz: board.cpu.clock.usedMhz.value,
    latencyMs,
    cyclesPerInference: Math.round(shared.value),
    cycles: shared,
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
      advice: memoryAdvice({
        board,
        runtime,
        checks,
        items,
        constantBytes: manifest.memory.constantBytes,
        under: footprintUnder,
      }),
    },
    accuracy,
    checks,
    verdict: verdictOf(checks),
    notes: [...new Set([...cost.notes, ...power.notes, ...timingNotes(profile, decision.coresUsed)])],
  };
}

function timingNotes({ manifest }: KernelProfile, coresUsed: number): string[] {
  return [
    'Latency counts the work from the last sample to the decision; sensor FIFO delay, wake-up and scheduling are not in it.',
    ...(manifest.trainedForRate
      ? []
      : [
          `No model was trained for ${manifest.rateHz} Hz: the model is re-timed, so there is a cost and no accuracy.`,
        ]),
    ...(coresUsed > 1
      ? [
          `${coresUsed} cores work side by side (one instance a branch); up to 10 % for contention is assumed in the band.`,
        ]
      : []),
  ];
}
