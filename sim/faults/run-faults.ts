/**
 * A pipeline with faults beside the same run without: decisions by the kernel's own bytes, latency and energy by the
 * timeline, driven by the samples and windows of each run. This type is part of the JSON of `escapement simulate --faults`.
 */
import type { Board } from '../../boards/board.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';
import type { SimulationResult } from '../result.ts';
import { runTimeline } from '../timeline/run-timeline.ts';
import type { Schedule } from '../timeline/schedule.ts';
import { timelineSetupOf } from '../timeline/setup-of.ts';
import type { TimelineRun } from '../timeline/setup.ts';
import { deliver, type FaultyInput } from './apply.ts';
import { compareDecisions, type ComparedDecision, type Outcome } from './compare.ts';
import type { FaultFile, RadioLoss } from './fault-file.ts';
import { isAnswer, runHost, type HostRun } from './host.ts';
import { seeded } from './random.ts';

export interface FaultReport {
  seconds: number;
  seed: number;
  /** Kinds in the order of the file. */
  faults: string[];
  decisions: ComparedDecision[];
  counts: Record<Outcome, number>;
  kernel: {
    /** Message of a trap; null: it ran to the end. */
    trap: string | null;
    /** Values that are neither a decision nor a status: must be 0. */
    invalid: number;
    /** Decisions that differ although no fault touched their window: must be 0. */
    changedUnmarked: number;
    /** Answers right after a loss of state that were decisions: must be 0. */
    decidedAfterReset: number;
  };
  clean: FaultRun;
  faulted: FaultRun;
}

export interface FaultRun {
  samples: number;
  decisions: number;
  /** Central values; null without a decision. */
  latencyMs: TimelineRun['latencyMs'];
  energyMj: number;
  averageMw: number;
  /** Longest time without a decision, from the start and to the end too. */
  longestGapS: number;
  messages: number;
  transmissions: number;
  lostMessages: number;
}

export interface FaultScene {
  wasm: Uint8Array;
  manifest: KernelManifest;
  /** Clean frames at the kernel's rate. */
  frames: readonly Int32Array[];
  board: Board;
  result: SimulationResult;
  file: FaultFile;
  /** How long the kernel's filters remember a sample. */
  filterMemorySeconds: number;
}

export function runFaults(scene: FaultScene): FaultReport {
  const { manifest, file } = scene;
  const calm = deliver(scene.frames, manifest, { ...file, faults: [] });
  const rough = deliver(scene.frames, manifest, file);
  const clean = runHost(scene.wasm, manifest, calm);
  const faulted = runHost(scene.wasm, manifest, rough);
  const decisions = compareDecisions(clean.decisions, faulted.decisions, file.faults, {
    ...manifest,
    filterMemorySeconds: scene.filterMemorySeconds,
  });
  const counts: Record<Outcome, number> = { same: 0, changed: 0, refused: 0, lost: 0, extra: 0 };
  for (const { outcome } of decisions) counts[outcome]++;
  return {
    seconds: file.seconds,
    seed: file.seed,
    faults: file.faults.map(({ kind }) => kind),
    decisions,
    counts,
    kernel: {
      trap: faulted.trap,
      invalid: faulted.decisions.filter(({ value }) => !isAnswer(value, manifest)).length,
      changedUnmarked: decisions.filter(({ outcome, marks }) => outcome !== 'same' && marks.length === 0)
        .length,
      decidedAfterReset: faulted.answersAfterReset.filter((value) => value >= 0).length,
    },
    clean: costOf(scene, calm, clean, []),
    faulted: costOf(scene, rough, faulted, file.faults),
  };
}

/** Latency and energy of a run: its samples and windows drive the timeline; nothing runs while the supply is gone. */
function costOf(
  { board, result, manifest, file }: FaultScene,
  { deliveries }: FaultyInput,
  host: HostRun,
  faults: FaultFile['faults'],
): FaultRun {
  const loss = file.faults.find((fault): fault is RadioLoss => fault.kind === 'radio-loss');
  const sends = transmissions(file.seed, host.decisions.length, faults.includes(loss!) ? loss : undefined);
  const heard = deliveries.filter(
    ({ silent }) => silent.size < new Set(manifest.channels.map(({ sensor }) => sensor)).size,
  );
  const run = runTimeline({
    ...timelineSetupOf(result, {
      board,
      pipelineSensors: [...new Set(manifest.channels.map(({ sensor }) => sensor))] as never,
      schedule: scheduleOf(file.seconds, faults),
      durationSeconds: file.seconds,
      ...(loss && loss.bytes > 0 ? { bytesPerDecision: loss.bytes } : {}),
    }),
    samplesAtS: heard.map(({ atS }) => atS),
    windowsAtS: host.decisions.map(({ atS }) => atS),
    sendsOf: (message) => sends.counts[message] ?? 1,
  });
  const times = [0, ...host.decisions.map(({ atS }) => atS), file.seconds];
  return {
    samples: heard.length,
    decisions: host.decisions.length,
    latencyMs: run.latencyMs,
    energyMj: run.batteryMicrojoules * 1e-3,
    averageMw: run.averageMw,
    longestGapS: Math.max(...times.slice(1).map((at, index) => at - times[index]!)),
    messages: run.counts.messages,
    transmissions: run.counts.transmissions,
    lostMessages: loss ? sends.lost : 0,
  };
}

/** Sensors and CPU are on but for the brown-outs. */
function scheduleOf(seconds: number, faults: FaultFile['faults']): Schedule {
  const down = faults
    .flatMap((fault) =>
      fault.kind === 'brown-out' ? [{ from: fault.atS, to: fault.atS + fault.downS }] : [],
    )
    .sort((a, b) => a.from - b.from);
  const segments: Schedule['segments'][number][] = [];
  let from = 0;
  for (const gap of [...down, { from: seconds, to: seconds }]) {
    const until = Math.min(gap.from, seconds);
    if (until > from)
      segments.push({ label: 'worn', startS: from, endS: until, decisions: 'every-hop', warm: from === 0 });
    from = Math.max(from, gap.to);
  }
  return { id: 'faults', title: 'with faults', source: 'fault file', segments };
}

/** How often each message goes out: until it arrives, or its retries are used up. */
function transmissions(
  seed: number,
  messages: number,
  loss: RadioLoss | undefined,
): { counts: number[]; lost: number } {
  if (!loss) return { counts: [], lost: 0 };
  const random = seeded(seed ^ 0x5bd1e995);
  const counts: number[] = [];
  let lost = 0;
  for (let message = 0; message < messages; message++) {
    let sent = 1;
    let arrived = random.uniform() >= loss.share;
    while (!arrived && sent <= loss.retries) {
      sent++;
      arrived = random.uniform() >= loss.share;
    }
    if (!arrived) lost++;
    counts.push(sent);
  }
  return { counts, lost };
}
