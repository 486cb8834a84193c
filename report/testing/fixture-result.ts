/** One simulation result for the tests of reporters, from simple formulas over the fixture's hardware. */
import { divide, exact, scale, sum, type Estimate } from '../../common/estimate.ts';
import type { BudgetCheck, SimulationResult, StageCost, Verdict } from '../../sim/result.ts';
import { overall } from '../run-report.ts';
import type { FixtureBoard, FixtureRuntime } from './fixture-hardware.ts';
import { fixtureMemory } from './fixture-memory.ts';
import { fixtureParts } from './fixture-parts.ts';
import type { FixtureKernel } from './fixture-kernel.ts';

const WINDOW_SECONDS = 4;
const HOP_SECONDS = 2;
const WASM_OPS_PER_MAC = 14;
const LATENCY_LIMIT_MS = 500;
const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'keeps its limit',
  fail: 'breaks its limit',
  undecided: 'may or may not keep its limit',
};

/** Below the limit, above it, or astride. */
const judge = (actual: Estimate, limit: number): Verdict =>
  actual.high <= limit ? 'pass' : actual.low > limit ? 'fail' : 'undecided';

function stagesOf(
  kernel: FixtureKernel,
  board: FixtureBoard,
  runtime: FixtureRuntime,
  steps: number,
): StageCost[] {
  return kernel.stages(steps).map((stage) => {
    const wasmOps = Math.round(stage.macs * WASM_OPS_PER_MAC + 900);
    const cycles = wasmOps * runtime.cyclesPerOp * board.cycleFactor;
    return {
      ...stage,
      wasmOps,
      cycles: { value: cycles, low: cycles * runtime.low, high: cycles * runtime.high },
    };
  });
}

/** Stages one after the other; parallel branches side by side when the board has two cores. */
function elapsed(stages: readonly StageCost[], cores: number): Estimate {
  const branches = stages.filter((stage) => stage.parallel);
  const alone = sum(stages.filter((stage) => !stage.parallel).map((stage) => stage.cycles));
  const together = sum(branches.map((stage) => stage.cycles));
  return sum([alone, cores > 1 ? scale(together, 1 / Math.max(1, branches.length)) : together]);
}

export function fixtureResult(
  kernel: FixtureKernel,
  board: FixtureBoard,
  runtime: FixtureRuntime,
  rateHz: number,
): SimulationResult {
  const steps = rateHz * WINDOW_SECONDS;
  const stages = stagesOf(kernel, board, runtime, steps);
  const total = sum(stages.map((stage) => stage.cycles));
  const coresUsed = board.cores > 1 && stages.some((stage) => stage.parallel) ? 2 : 1;
  const latencyMs = scale(elapsed(stages, coresUsed), 1 / (board.clockMhz * 1000));
  const wanted = scale(total, 1 / (board.clockMhz * 1e6 * HOP_SECONDS));
  const busy = {
    value: Math.min(1, wanted.value),
    low: Math.min(1, wanted.low),
    high: Math.min(1, wanted.high),
  };
  const parts = fixtureParts(kernel, board, rateHz, busy);
  const averageMw = sum(parts.map((part) => ({ value: part.mw, low: part.low, high: part.high })));
  const items = fixtureMemory(kernel, runtime, steps);
  const flashBytes = items.reduce((a, item) => a + item.flashBytes, 0);
  const ramBytes = items.reduce((a, item) => a + item.ramBytes, 0);
  const fits = flashBytes <= board.flashBytes && ramBytes <= board.ramBytes;
  const missing = kernel.system === 'pulse' && !board.ppg;
  const check = (
    budget: BudgetCheck['budget'],
    title: string,
    limit: number,
    actual: Estimate,
  ): BudgetCheck => ({
    budget,
    title,
    limit,
    actual,
    verdict: judge(actual, limit),
    reason: `The ${title} ${WORDS[judge(actual, limit)]}.`,
  });
  const checks: BudgetCheck[] = [
    check('latencyMs', 'latency', LATENCY_LIMIT_MS, latencyMs),
    check('throughput', 'throughput', 1, wanted),
    check('flashBytes', `flash on ${board.id}`, board.flashBytes, exact(flashBytes)),
    check('ramBytes', `RAM on ${board.id}`, board.ramBytes, exact(ramBytes)),
    ...(missing
      ? [
          {
            ...check('sensor', 'PPG', 1, exact(0)),
            verdict: 'fail' as const,
            reason: 'No PPG sensor on this board.',
          },
        ]
      : []),
  ];
  const accuracy = kernel.trained[rateHz] ?? null;
  return {
    kernel: `${kernel.system}/${kernel.system === 'pulse' ? `${rateHz}hz` : kernel.variant}`,
    board: board.id,
    runtime: runtime.id,
    rateHz,
    ppgChannels: kernel.system === 'pulse' ? 4 : 0,
    trainedForRate: accuracy !== null,
    windowSeconds: WINDOW_SECONDS,
    hopSeconds: HOP_SECONDS,
    core: board.core,
    coresUsed,
    clockMhz: board.clockMhz,
    latencyMs,
    latencyParts: [
      {
        name: 'kernel',
        ms: latencyMs.value,
        low: latencyMs.low,
        high: latencyMs.high,
        kind: 'model',
        source: `cycle model of ${runtime.id} on ${board.core}`,
      },
    ],
    cyclesPerInference: Math.round(total.value),
    cycles: total,
    wasmOpsPerInference: stages.reduce((a, stage) => a + stage.wasmOps, 0),
    macsPerInference: stages.reduce((a, stage) => a + stage.macs, 0),
    cyclesPerSample: Math.round(140 * runtime.cyclesPerOp * board.cycleFactor),
    utilization: wanted,
    stages,
    power: {
      averageMw,
      sensorMw: parts.filter((part) => part.sensor).reduce((a, part) => a + part.mw, 0),
      parts,
    },
    battery: {
      hours: divide(exact(board.capacityMwh), averageMw),
      capacityMwh: board.capacityMwh,
      usableMwh: exact(board.capacityMwh),
    },
    memory: {
      flashBytes,
      ramBytes,
      fits,
      items,
      advice: fits ? [] : ['Keep the sequence of the forward LSTM in 8 bits, or lower the rate.'],
    },
    accuracy,
    checks,
    verdict: overall(checks.map((item) => item.verdict)),
    notes: notesOf(board, runtime, accuracy !== null, rateHz),
  };
}

function notesOf(board: FixtureBoard, runtime: FixtureRuntime, trained: boolean, rateHz: number): string[] {
  return [
    'Cycles are cycle-approximate: counted blocks times a cost table.',
    ...(board.id === 'we-be-class'
      ? ['we-be-class is an assumed board: the band does not publish its parts.']
      : []),
    ...(runtime.id === 'wamr-aot' ? ['wamr-aot has no reference figures of its own: its band is wide.'] : []),
    ...(trained
      ? []
      : [`No model was trained for ${rateHz} Hz: the figures are a cost without an accuracy.`]),
  ];
}
