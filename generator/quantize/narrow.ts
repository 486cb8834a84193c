/**
 * Activation buffers of 8 bits (docs/numbers.md, section 2). Such a buffer drops the lower bits of the 16-bit value that
 * its layer would have written:
 *
 *     stored = saturate8((value + 2^(dropped - 1)) >> dropped)        step = 2^dropped x the step of 16 bits
 *
 * Products read what is stored as it is; all other layers read `stored << dropped`, which has the format of 16 bits again.
 */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { Layer, Network } from '../graph/network.ts';
import { layerKind } from '../layers/registry.ts';

/** Steps that 8 bits reach on the negative side; the largest value seen may lose one step on the positive one. */
const REACH = 128;
const MOST_DROPPED = 8;

/** How many bits to drop, so that the largest value that calibration saw stays inside 8 bits. */
export function bitsToDrop(largest: number, scale: number): number {
  let dropped = 0;
  while (dropped < MOST_DROPPED && largest > REACH * scale * 2 ** dropped) dropped += 1;
  return dropped;
}

/** Why a buffer cannot have 8 bits; undefined where it can. */
export function widerBecause(network: Network, buffer: string): string | undefined {
  if (buffer === network.input) return 'it is the input of the model, which the stages before it write';
  if (buffer === network.output) return 'it is the output of the model, which the decision reads';
  const touches = (layer: Layer, views: 'reads' | 'writes'): boolean => {
    const kind = layerKind(layer);
    return kind[views](layer).some((view) => view.buffer === buffer);
  };
  for (const layer of network.layers) {
    const able = layerKind(layer).narrows?.(layer, buffer) ?? false;
    if (able) continue;
    if (touches(layer, 'writes')) return `layer ${layer.name} (${layer.kind}) writes 16 bits`;
    if (touches(layer, 'reads')) return `layer ${layer.name} (${layer.kind}) reads 16 bits`;
  }
  return undefined;
}

/** Buffers that can have 8 bits. */
export const narrowable = (network: Network): string[] =>
  Object.keys(network.buffers).filter((buffer) => widerBecause(network, buffer) === undefined);

/** Throws ESC290 for 4 bits and ESC291 for a buffer that cannot have 8. */
export function checkBuffer(network: Network, buffer: string, bits: number): void {
  if (bits === 4) throw kernelRefusals.fourBitActivation(network.name, buffer);
  if (bits !== 8 && bits !== 16) throw kernelRefusals.badActivationWidth(network.name, buffer, bits);
  const why = bits === 8 ? widerBecause(network, buffer) : undefined;
  if (why !== undefined) throw kernelRefusals.wideActivation(network.name, buffer, why);
}
