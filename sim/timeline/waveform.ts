/**
 * The power of every component over time, drawn from a run of the timeline: what a current meter at the battery would
 * see, regulators included. The area under it is the energy of the run, up to what begins just before the end.
 *
 * Energy that the ledger books as a pulse without a length is drawn with one: a wake-up at the power of a busy core, a
 * message over its time on the air. An LED is drawn pulse by pulse when `ripple` is asked for, else at its mean.
 */
import type { Estimate } from '../../common/estimate.ts';
import { cpuPower } from '../power/cpu-power.ts';
import { componentsOf, type Components } from './components.ts';
import type { Component } from './ledger.ts';
import { runTimeline } from './run-timeline.ts';
import type { Span, TimelineRun, TimelineSetup } from './setup.ts';
import { toNs } from './time.ts';

export interface Waveform {
  durationNs: number;
  /** Names, in the order of `Step.component`. */
  components: { name: string; sensor: boolean }[];
  /** In order of time; every component has one at time 0. */
  steps: Step[];
  /** Everything that happened, in order of start. */
  spans: Span[];
  run: TimelineRun;
}

/** From `atNs` on the component draws `mw` from the battery. */
export interface Step {
  atNs: number;
  component: number;
  mw: number;
}

/** A block of constant power on top of what else a component draws, at the component (before its regulator). */
interface Block {
  startNs: number;
  endNs: number;
  mw: number;
}

/** Draws a run at one end of every band. Refuses what `runTimeline` refuses. */
export function drawWaveform(
  setup: TimelineSetup,
  { end = 'value', ripple = false }: { end?: keyof Estimate; ripple?: boolean } = {},
): Waveform {
  const spans: Span[] = [];
  const run = runTimeline({ ...setup, observe: (span) => spans.push(span) }, end);
  spans.sort((a, b) => a.startNs - b.startNs || b.endNs - a.endNs);
  const parts = componentsOf(setup, end);
  const durationNs = toNs(setup.durationSeconds);
  const steps = parts.all.flatMap((component, index) => {
    const blocks = blocksOf(component, parts, spans, durationNs, setup, end, ripple);
    const efficiency = component.rail === null ? 1 : parts.efficiency[component.rail]!;
    return levels(blocks, durationNs).map(([atNs, mw]): Step => ({
      atNs,
      component: index,
      mw: mw / efficiency,
    }));
  });
  steps.sort((a, b) => a.atNs - b.atNs || a.component - b.component);
  const components = parts.all.map(({ name, sensor }) => ({ name, sensor }));
  return { durationNs, components, steps, spans, run };
}

function blocksOf(
  component: Component,
  parts: Components,
  spans: readonly Span[],
  durationNs: number,
  setup: TimelineSetup,
  end: keyof Estimate,
  ripple: boolean,
): Block[] {
  const on = (track: Span['track']) => spans.filter((span) => span.track === track);
  const whole = { startNs: 0, endNs: durationNs };
  if (component === parts.baseline) return [{ ...whole, mw: component.states.on! }];
  if (component === parts.cpu) return cpuBlocks(component, spans, whole, setup, end);
  if (component === parts.radio) {
    return on('radio').map(({ startNs, endNs }) => {
      const mw = (component.pulses.message! * 1e6) / (endNs - startNs);
      return { startNs, endNs, mw };
    });
  }
  return on('sensor').flatMap((span) => sensorBlocks(component, span, ripple));
}

function sensorBlocks(component: Component, { startNs, endNs }: Span, ripple: boolean): Block[] {
  const mw = component.states.on!;
  const pulse = component.ripple;
  if (!ripple || !pulse || pulse.onS >= pulse.periodS) return [{ startNs, endNs, mw }];
  const periodNs = pulse.periodS * 1e9;
  const count = Math.floor((endNs - startNs) / periodNs);
  const onNs = Math.round(pulse.onS * 1e9);
  return Array.from({ length: count }, (_, index) => {
    const from = startNs + Math.round(index * periodNs);
    return { startNs: from, endNs: from + onNs, mw: (mw * periodNs) / onNs };
  });
}

/** Sleep below everything; reading replaces sleep, inference too except while it is interrupted; wake-ups come on top. */
function cpuBlocks(
  cpu: Component,
  spans: readonly Span[],
  whole: { startNs: number; endNs: number },
  setup: TimelineSetup,
  end: keyof Estimate,
): Block[] {
  const { sleep = 0, read = 0, inference = 0 } = cpu.states;
  const blocks: Block[] = [{ ...whole, mw: sleep }];
  const reads = inTurn(spans.filter(({ track }) => track === 'read'));
  for (const span of reads) blocks.push({ ...span, mw: read - sleep });
  const works = spans.filter(({ track }) => track === 'inference' || track === 'enrolment');
  for (const { startNs, endNs } of works) {
    blocks.push({ startNs, endNs, mw: inference - sleep });
    for (const pause of reads) {
      const from = Math.max(startNs, pause.startNs);
      const to = Math.min(endNs, pause.endNs);
      if (from < to) blocks.push({ startNs: from, endNs: to, mw: sleep - inference });
    }
  }
  const activeMw = cpuPower(setup.board).activeMw[end];
  const wakeNs = Math.round((cpu.pulses.wake! * 1e6) / activeMw);
  for (const { track, startNs } of spans) {
    // Waking comes before reading: interrupt, clock start.
    const from = Math.max(0, startNs - wakeNs);
    if (track === 'read') blocks.push({ startNs: from, endNs: from + wakeNs, mw: activeMw });
  }
  return blocks;
}

/** Reads that are due while one goes on wait for it. */
function inTurn(reads: readonly Span[]): { startNs: number; endNs: number }[] {
  let free = 0;
  return reads.map(({ startNs, endNs }) => {
    const from = Math.max(startNs, free);
    free = from + (endNs - startNs);
    return { startNs: from, endNs: free };
  });
}

/** Sum of blocks as a staircase from time 0 to the end: [from, level]. */
function levels(blocks: readonly Block[], durationNs: number): [number, number][] {
  const edges = blocks.flatMap(({ startNs, endNs, mw }) =>
    endNs > startNs
      ? [
          { at: startNs, mw, open: 1 },
          { at: endNs, mw: -mw, open: -1 },
        ]
      : [],
  );
  edges.sort((a, b) => a.at - b.at);
  const staircase: [number, number][] = [[0, 0]];
  let level = 0;
  let open = 0;
  for (const { at, ...change } of edges) {
    if (at >= durationNs) break;
    open += change.open;
    // What is left of a sum of blocks that have all ended is rounding.
    level = open === 0 ? 0 : level + change.mw;
    const last = staircase.at(-1)!;
    if (last[0] === at) last[1] = level;
    else if (last[1] !== level) staircase.push([at, level]);
  }
  return staircase;
}

/** Energy under a waveform in uJ. */
export function waveformMicrojoules(waveform: Waveform): number {
  let microjoules = 0;
  for (const { startNs, endNs, mw } of waveformLevels(waveform)) microjoules += mw * (endNs - startNs) * 1e-6;
  return microjoules;
}

/** Total power as pieces of constant level, in order; pieces of no length are left out. */
export function* waveformLevels({
  steps,
  components,
  durationNs,
}: Waveform): Generator<{ startNs: number; endNs: number; mw: number }> {
  const levels = components.map(() => 0);
  let startNs = 0;
  for (const { atNs, component, mw } of steps) {
    if (atNs > startNs) yield { startNs, endNs: atNs, mw: total(levels) };
    startNs = atNs;
    levels[component] = mw;
  }
  if (durationNs > startNs) yield { startNs, endNs: durationNs, mw: total(levels) };
}

const total = (levels: readonly number[]): number => levels.reduce((sum, mw) => sum + mw, 0);
