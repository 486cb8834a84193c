/**
 * Every layer of a kernel against the float model on the same windows, through the integer reference, which gives the kernel's
 * bits. Two comparisons a layer: `snrDb` holds its output against that of the float model, noise of the layers before it included;
 * `ownSnrDb` against the float layer fed with what the integer layer read, so that what it adds itself is seen.
 */
import { createIntegerMemory } from '../emit/integer-memory.ts';
import { takeSaturations } from '../emit/saturations.ts';
import type { Layer, Network, View } from '../graph/network.ts';
import { evaluateNetwork } from '../layers/evaluate-network.ts';
import { layerKind } from '../layers/registry.ts';
import type { QuantizedNetwork } from '../quantize/quantize-network.ts';
import { bytesOf } from '../quantize/format.ts';

export interface LayerComparison {
  /** Name in the model; "input" for the model's input. */
  layer: string;
  kind: Layer['kind'] | 'input';
  /** Values compared. */
  values: number;
  /** 20 log10 of |float| over |float - fixed|, over all windows; null where every value is exact. */
  snrDb: number | null;
  ownSnrDb: number | null;
  /** Largest |float - fixed|, and the largest |float|, in real units. */
  maxError: number;
  largest: number;
  /** Values that had to be clamped to 16 bits, or to 8, intermediate ones included. */
  saturations: number;
  /** The float layer's outputs vary from window to window, the fixed ones do not. */
  collapsed: boolean;
}

export interface LayersReport {
  windows: number;
  /** In order of execution, the model's input first. */
  layers: LayerComparison[];
  /** First layer below the floor, or collapsed; null when all are good. */
  firstBad: string | null;
  /** The layer that adds most noise of its own; null when all are exact. */
  noisiest: string | null;
}

/** `floorDb`: least `snrDb` of a good layer. */
export function compareLayers(
  network: Network,
  quantized: QuantizedNetwork,
  windows: readonly Float64Array[],
  floorDb: number,
): LayersReport {
  const memory = createIntegerMemory(quantized.blocks);
  const blocks = new Map(quantized.blocks.map((block) => [block.name, block]));
  const blockOf = (buffer: string) => blocks.get(quantized.bufferBlocks[buffer]!)!;
  /** What a buffer of the integer reference stands for. */
  const real = (buffer: string): Float64Array => {
    const { name, scale = 1, scales } = blockOf(buffer);
    return Float64Array.from(memory.cells(name) as Int16Array, (v, k) => Number(v) * (scales?.[k] ?? scale));
  };
  const input: View = { buffer: network.input, offset: 0, ...network.buffers[network.input]! };
  const tallies = [tally('input', 'input'), ...network.layers.map(({ name, kind }) => tally(name, kind))];
  takeSaturations();
  for (const window of windows) {
    const float = evaluateNetwork(network, window);
    const entry = blockOf(network.input);
    tallies[0]!.saturations += writeInput(memory.cells(entry.name) as Int16Array, window, entry);
    note(tallies[0]!, input, float, float, real);
    network.layers.forEach((layer, index) => {
      const kind = layerKind(layer);
      const alone: Record<string, Float64Array> = {};
      for (const view of kind.reads(layer)) alone[view.buffer] ??= real(view.buffer);
      for (const view of kind.writes(layer)) alone[view.buffer] ??= float[view.buffer]!.slice();
      kind.evaluate(layer, alone);
      quantized.stages[index]!.run(memory);
      const counted = tallies[index + 1]!;
      counted.saturations += takeSaturations();
      for (const view of kind.writes(layer)) note(counted, view, float, alone, real);
    });
  }
  const layers = tallies.map(result);
  const bad = layers.find(({ snrDb, collapsed }) => collapsed || (snrDb !== null && snrDb < floorDb));
  const noisy = layers.slice(1).filter(({ ownSnrDb }) => ownSnrDb !== null);
  const noisiest = noisy.toSorted((a, b) => a.ownSnrDb! - b.ownSnrDb!)[0];
  return {
    windows: windows.length,
    layers,
    firstBad: bad?.layer ?? null,
    noisiest: noisiest?.layer ?? null,
  };
}

interface Tally extends Pick<
  LayerComparison,
  'layer' | 'kind' | 'values' | 'maxError' | 'largest' | 'saturations'
> {
  signal: number;
  noise: number;
  ownSignal: number;
  ownNoise: number;
  /** Outputs of the first window, and whether later ones differ. */
  first: Map<string, { float: Float64Array; fixed: Float64Array }>;
  floatVaries: boolean;
  fixedVaries: boolean;
}

const tally = (layer: string, kind: LayerComparison['kind']): Tally => ({
  ...{ layer, kind, values: 0, maxError: 0, largest: 0, saturations: 0 },
  ...{ signal: 0, noise: 0, ownSignal: 0, ownNoise: 0 },
  ...{ first: new Map(), floatVaries: false, fixedVaries: false },
});

/** The window in the kernel's format, to nearest; returns how many values did not fit. */
function writeInput(
  cells: Int16Array,
  window: Float64Array,
  block: { type: keyof typeof bytesOf; scale?: number; scales?: readonly number[] },
): number {
  const limit = 2 ** (8 * bytesOf[block.type] - 1);
  let clamped = 0;
  window.forEach((value, k) => {
    const steps = Math.round(value / (block.scales?.[k] ?? block.scale ?? 1));
    if (steps < -limit || steps > limit - 1) clamped += 1;
    cells[k] = Math.max(-limit, Math.min(limit - 1, steps));
  });
  return clamped;
}

function note(
  t: Tally,
  { buffer, offset, steps, features }: View,
  float: Readonly<Record<string, Float64Array>>,
  alone: Readonly<Record<string, Float64Array>>,
  real: (buffer: string) => Float64Array,
): void {
  const part = (values: Float64Array) => values.subarray(offset, offset + steps * features);
  const [wanted, own, fixed] = [part(float[buffer]!), part(alone[buffer]!), part(real(buffer))];
  wanted.forEach((value, k) => {
    const error = Math.abs(value - fixed[k]!);
    t.signal += value * value;
    t.noise += error * error;
    t.ownSignal += own[k]! * own[k]!;
    t.ownNoise += (own[k]! - fixed[k]!) ** 2;
    t.maxError = Math.max(t.maxError, error);
    t.largest = Math.max(t.largest, Math.abs(value));
  });
  t.values += wanted.length;
  const place = `${buffer} ${offset}`;
  const first = t.first.get(place);
  if (!first) t.first.set(place, { float: wanted.slice(), fixed: fixed.slice() });
  else {
    t.floatVaries ||= wanted.some((value, k) => value !== first.float[k]);
    t.fixedVaries ||= fixed.some((value, k) => value !== first.fixed[k]);
  }
}

const decibels = (signal: number, noise: number): number | null =>
  noise === 0 ? null : 10 * Math.log10(Math.max(signal, Number.MIN_VALUE) / noise);

const result = (t: Tally): LayerComparison => ({
  layer: t.layer,
  kind: t.kind,
  values: t.values,
  snrDb: decibels(t.signal, t.noise),
  ownSnrDb: decibels(t.ownSignal, t.ownNoise),
  maxError: t.maxError,
  largest: t.largest,
  saturations: t.saturations,
  collapsed: t.floatVaries && !t.fixedVaries,
});
