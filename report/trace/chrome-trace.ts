/**
 * A simulated stretch of time as Chrome trace JSON, which Perfetto (ui.perfetto.dev) and chrome://tracing open.
 * Format: Trace Event Format, "JSON Object Format"; times are microseconds, here with nanoseconds behind the point.
 *
 *   process  kernel on board
 *     sensors    B/E  a stretch of use
 *     reads      X    samples taken in by core 0; they interrupt what it does, so they have a track of their own
 *     core 0     X    inference with its stages inside
 *     core 1..   X    stages of further parallel branches
 *     decisions  X    from the last sample to the decision, which is an instant at the end
 *     radio      X
 *   counters   C    power by component in mW at the battery, and the whole
 */
import type { SimulationResult, StageCost } from '../../sim/result.ts';
import type { Span } from '../../sim/timeline/setup.ts';
import type { Waveform } from '../../sim/timeline/waveform.ts';
import { rounded } from '../json/round.ts';

export interface TraceEvent {
  ph: 'X' | 'B' | 'E' | 'C' | 'M' | 'i';
  name: string;
  pid: number;
  tid: number;
  ts?: number;
  dur?: number;
  cat?: string;
  s?: 't';
  args?: { [name: string]: string | number };
}

const pid = 1;
const lane = { sensors: 1, decisions: 2, radio: 3, reads: 4, core: 10 } as const;

export interface ChromeTrace {
  displayTimeUnit: 'ms';
  otherData: { [name: string]: string | number };
  traceEvents: TraceEvent[];
}

export function chromeTrace(result: SimulationResult, waveform: Waveform): ChromeTrace {
  const cores = Math.max(1, result.coresUsed);
  const events = [
    ...names(result, cores),
    ...waveform.spans.flatMap((span) => spanEvents(span, result)),
    ...counters(waveform),
  ];
  return {
    displayTimeUnit: 'ms',
    otherData: {
      kernel: result.kernel,
      board: result.board,
      runtime: result.runtime,
      rateHz: result.rateHz,
      note: 'Simulated, cycle-approximate: central values; bands are in the report.',
    },
    traceEvents: events.sort((a, b) => (a.ts ?? -1) - (b.ts ?? -1)),
  };
}

/** Text of the trace, one event a line. */
export function chromeTraceJson(result: SimulationResult, waveform: Waveform): string {
  const { traceEvents, ...head } = chromeTrace(result, waveform);
  const lines = traceEvents.map((event) => JSON.stringify(event)).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},"traceEvents":[\n${lines}\n]}\n`;
}

function names(result: SimulationResult, cores: number): TraceEvent[] {
  const meta = (name: string, tid: number, value: string): TraceEvent => ({
    ph: 'M',
    name,
    pid,
    tid,
    args: { name: value },
  });
  return [
    meta(
      'process_name',
      0,
      `${result.kernel} on ${result.board} with ${result.runtime} at ${result.rateHz} Hz`,
    ),
    meta('thread_name', lane.sensors, 'sensors'),
    meta('thread_name', lane.decisions, 'decisions'),
    meta('thread_name', lane.radio, 'radio'),
    meta('thread_name', lane.reads, 'reads (core 0)'),
    ...Array.from({ length: cores }, (_, core) =>
      meta('thread_name', lane.core + core, `core ${core} (${result.core})`),
    ),
  ];
}

const micros = (ns: number): number => ns / 1000;

const complete = (
  tid: number,
  name: string,
  { startNs, endNs }: { startNs: number; endNs: number },
  args?: TraceEvent['args'],
): TraceEvent => ({
  ph: 'X',
  name,
  cat: 'simulated',
  pid,
  tid,
  ts: micros(startNs),
  dur: micros(endNs - startNs),
  ...(args ? { args } : {}),
});

function spanEvents(span: Span, result: SimulationResult): TraceEvent[] {
  const { track, label, startNs, endNs } = span;
  if (track === 'sensor') {
    const base = { name: label, cat: 'simulated', pid, tid: lane.sensors };
    return [
      { ...base, ph: 'B', ts: micros(startNs) },
      { ...base, ph: 'E', ts: micros(endNs) },
    ];
  }
  if (track === 'read') return [complete(lane.reads, label, span)];
  if (track === 'radio') return [complete(lane.radio, label, span)];
  if (track === 'decision') {
    const latencyMs = (endNs - startNs) * 1e-6;
    return [
      complete(lane.decisions, 'last sample to decision', span, {
        latencyMs: rounded(latencyMs, 'latencyMs'),
      }),
      {
        ph: 'i',
        s: 't',
        name: label === 'inference' ? 'decision' : label,
        pid,
        tid: lane.decisions,
        ts: micros(endNs),
      },
    ];
  }
  return [complete(lane.core, label, span), ...stageEvents(span, result)];
}

/** Stages within one inference, drawn in proportion to their cycles: branches of a group side by side by core. */
function stageEvents({ startNs, endNs }: Span, result: SimulationResult): TraceEvent[] {
  const events: TraceEvent[] = [];
  const slots = inSlots(result.stages, Math.max(1, result.coresUsed));
  const path = slots.reduce((sum, slot) => sum + slotCycles(slot), 0);
  if (!(path > 0)) return events;
  const nsPerCycle = (endNs - startNs) / path;
  let at = startNs;
  for (const slot of slots) {
    slot.forEach((stages, core) => {
      let from = at;
      for (const stage of stages) {
        const to = from + stage.cycles.value * nsPerCycle;
        const args = {
          cycles: rounded(stage.cycles.value, 'cycles'),
          wasmOps: stage.wasmOps,
          macs: stage.macs,
        };
        events.push(
          complete(
            lane.core + core,
            stage.title || stage.name,
            { startNs: Math.round(from), endNs: Math.round(to) },
            args,
          ),
        );
        from = to;
      }
    });
    at += slotCycles(slot) * nsPerCycle;
  }
  return events;
}

/** One slot a stage, and one a parallel group with its branches dealt to the cores. Stages by core. */
function inSlots(stages: readonly StageCost[], cores: number): StageCost[][][] {
  const slots: StageCost[][][] = [];
  const groups = new Map<number, StageCost[][]>();
  for (const stage of stages) {
    if (!stage.parallel) {
      slots.push([[stage]]);
      continue;
    }
    let lanes = groups.get(stage.parallel.group);
    if (!lanes) {
      lanes = Array.from({ length: cores }, () => []);
      groups.set(stage.parallel.group, lanes);
      slots.push(lanes);
    }
    lanes[stage.parallel.branch % cores]!.push(stage);
  }
  return slots;
}

const slotCycles = (slot: readonly StageCost[][]): number =>
  Math.max(...slot.map((stages) => stages.reduce((sum, stage) => sum + stage.cycles.value, 0)));

/** One counter with a series a component at every change, and one for the whole. */
function counters({ steps, components, durationNs }: Waveform): TraceEvent[] {
  const levels = components.map(() => 0);
  const events: TraceEvent[] = [];
  const emit = (ns: number): void => {
    const at = { ph: 'C' as const, pid, tid: 0, ts: micros(ns) };
    const total = levels.reduce((sum, mw) => sum + mw, 0);
    events.push({ ...at, name: 'battery power', args: { mW: rounded(total, 'total') } });
    const series = components.map(({ name }, index): [string, number] => [
      name,
      rounded(levels[index]!, name),
    ]);
    events.push({ ...at, name: 'power by part, mW', args: Object.fromEntries(series) });
  };
  steps.forEach(({ atNs, component, mw }, index) => {
    levels[component] = mw;
    if (steps[index + 1]?.atNs !== atNs) emit(atNs);
  });
  emit(durationNs);
  return events;
}
