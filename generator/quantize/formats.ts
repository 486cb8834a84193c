/** One format a buffer, from what the layers that write it ask for (docs/numbers.md, section 2). */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { Layer, Network } from '../graph/network.ts';
import { layerKind } from '../layers/registry.ts';
import type { FormatWish } from '../layers/layer-kind.ts';
import type { Observations } from './calibrate.ts';
import type { Format } from './format.ts';

/** Calibrated buffers get room for values twice as large as any that calibration saw. */
const HEADROOM = 2;

const STEPS = 32767;

/**
 * Formats of all buffers, from what calibration saw. An `inputScale` is given where the range of the input
 * is known and needs no headroom.
 */
export function chooseFormats(
  network: Network,
  observations: Observations,
  inputScale?: number,
): Record<string, Format> {
  const formats: Record<string, Format> =
    inputScale === undefined ? {} : { [network.input]: { type: 'i16', scale: inputScale } };
  const open = new Set<string>();
  const formatOf = (buffer: string): Format => {
    if (formats[buffer]) return formats[buffer];
    if (open.has(buffer)) throw new Error(`buffer ${buffer} of ${network.name} depends on itself`);
    open.add(buffer);
    const writers = network.layers.filter((layer) =>
      layerKind(layer)
        .writes(layer)
        .some((view) => view.buffer === buffer),
    );
    formats[buffer] = settle(network, buffer, observations, writers, formatOf);
    return formats[buffer];
  };
  for (const buffer of Object.keys(network.buffers)) formatOf(buffer);
  return formats;
}

function settle(
  network: Network,
  buffer: string,
  { largest, grams }: Observations,
  writers: readonly Layer[],
  formatOf: (buffer: string) => Format,
): Format {
  const seen = largest[buffer];
  if (buffer === network.input) return { type: 'i16', scale: (seen * HEADROOM) / STEPS };
  const wishes = writers.map((layer) =>
    layerKind(layer).wish(layer, formatOf, {
      buffer,
      largestIn: (other) => largest[other],
      largestShown: (matrix) => grams.get(layer)![matrix].largest,
    }),
  );
  const fixed = wishes.flatMap((wish) => (wish.kind === 'fixed' ? [wish.format] : []));
  if (fixed.length === 0) return { type: 'i16', scale: Math.max(...wishes.map((w) => scaleFor(w, seen))) };
  if (fixed.length < wishes.length || fixed.some((format) => format.scale !== fixed[0].scale))
    throw kernelRefusals.mixedFormats(
      buffer,
      writers.map((layer) => layer.name),
    );
  return fixed[0];
}

/** Never zero: a buffer that can only hold zeros counts in units. */
function scaleFor(wish: FormatWish, seen: number): number {
  if (wish.kind === 'fixed') return wish.format.scale;
  const most = Math.max(seen, wish.seen ?? 0);
  const wanted = most > 0 ? (most * HEADROOM) / STEPS : wish.widest / STEPS;
  return Math.max(wanted, wish.finest) || 1;
}
