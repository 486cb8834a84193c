/**
 * Joins each recurrent layer whose sequence only an attention pool reads with that pool, so that the sequence need not be
 * kept. The bits stay the same.
 */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { AttentionPoolLayer, Layer, Network, RecurrentLayer } from '../graph/network.ts';
import type { OnlinePool, QuantizedLayer } from '../layers/layer-kind.ts';
import { segmentStepsFor } from '../layers/recurrent/attended.ts';
import { layerKind } from '../layers/registry.ts';
import { bytesOf } from './format.ts';
import type { QuantizedNetwork } from './quantize-network.ts';

export interface StreamOptions {
  /** Compute reverse states twice and keep few of them. Throws ESC321 where nothing can be. */
  recompute?: boolean;
}

export function streamPools(
  network: Network,
  quantized: QuantizedNetwork,
  { recompute = false }: StreamOptions = {},
): QuantizedNetwork {
  const joined = new Map<Layer, Layer>();
  for (const layer of network.layers) {
    const pool = isRecurrent(layer) ? poolOf(network, layer) : undefined;
    if (pool && quantized.layers[network.layers.indexOf(layer)]!.attended) joined.set(layer, pool);
  }
  const pools = new Set(joined.values());
  const streamed = new Set<string>();
  const layers = network.layers.flatMap((layer, index): QuantizedLayer[] => {
    if (pools.has(layer)) return [];
    const own = quantized.layers[index]!;
    const pool = joined.get(layer);
    if (!pool) return [own];
    const recurrent = layer as RecurrentLayer;
    streamed.add(quantized.bufferBlocks[recurrent.sequence!.buffer]!);
    const taker = quantized.layers[network.layers.indexOf(pool)] as QuantizedLayer & { online: OnlinePool };
    const sequence = quantized.blocks.find(
      ({ name }) => name === quantized.bufferBlocks[recurrent.sequence!.buffer],
    )!;
    const segmentSteps = segmentStepsFor(recurrent, bytesOf[sequence.type]);
    return [own.attended!(taker, recompute ? { segmentSteps } : undefined)];
  });
  if (recompute && !layers.some(({ stage }) => stage.recomputed))
    throw kernelRefusals.nothingToRecompute(network.name);
  const buffers = new Set(Object.values(quantized.bufferBlocks));
  const kept = quantized.blocks.filter(({ name }) => buffers.has(name) && !streamed.has(name));
  const stages = layers.map(({ stage }) => stage);
  return {
    ...quantized,
    bufferBlocks: Object.fromEntries(
      Object.entries(quantized.bufferBlocks).filter(([, block]) => !streamed.has(block)),
    ),
    blocks: [...new Set([...kept, ...layers.flatMap(({ blocks }) => blocks)])],
    stages,
    layers,
    proofs: stages.flatMap(({ proofs }) => proofs),
  };
}

const isRecurrent = (layer: Layer): layer is RecurrentLayer =>
  layer.kind === 'lstm' || layer.kind === 'gru' || layer.kind === 'rnn';

/** The attention pool that is the only one to read the sequence of a layer, all of it, on the same core. */
function poolOf(network: Network, layer: RecurrentLayer): AttentionPoolLayer | undefined {
  const { sequence } = layer;
  if (!sequence || sequence.buffer === network.output || sequence.buffer === network.input) return undefined;
  const touches = (views: 'reads' | 'writes'): Layer[] =>
    network.layers.filter((l) => {
      const kind = layerKind(l);
      return kind[views](l).some(({ buffer }) => buffer === sequence.buffer);
    });
  const [reader, ...others] = touches('reads');
  if (others.length > 0 || touches('writes').length > 1 || reader?.kind !== 'attentionPool') return undefined;
  const { input, parallel } = reader;
  const whole =
    input.offset === sequence.offset &&
    input.steps === sequence.steps &&
    input.features === sequence.features;
  const sameCore = parallel?.group === layer.parallel?.group && parallel?.branch === layer.parallel?.branch;
  return whole && sameCore ? reader : undefined;
}
