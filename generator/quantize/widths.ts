/** Bits of weights, matrix by matrix: what `escapement tune` chooses and a pipeline may set. */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { WeightBits } from '../emit/weight-type.ts';
import { isRecurrent } from '../graph/draft.ts';
import type { Layer, Network } from '../graph/network.ts';
import type { WeightMatrix } from '../layers/layer-kind.ts';
import { defaultBits } from '../layers/recurrent/rows.ts';

/** By name of the matrix: "<layer>.weights", or "<layer>.input" and "<layer>.recurrent". */
export type Widths = Readonly<Record<string, WeightBits>>;

export const widthName = (layer: Layer, matrix: WeightMatrix): string => `${layer.name}.${matrix}`;

export interface WidthTensor {
  name: string;
  /** Bits unless they are chosen. */
  usual: WeightBits;
  /** Numbers in the matrix. */
  weights: number;
}

/** The matrices of a network whose bits can be chosen. */
export const widthTensors = (network: Network): WidthTensor[] =>
  network.layers.flatMap((layer): WidthTensor[] => {
    if (layer.kind === 'dense')
      return [{ name: widthName(layer, 'weights'), usual: 8, weights: layer.weights.length }];
    if (!isRecurrent(layer)) return [];
    const { input, state } = defaultBits(layer.input.features);
    return [
      { name: widthName(layer, 'input'), usual: input, weights: layer.inputWeights.length },
      { name: widthName(layer, 'recurrent'), usual: state, weights: layer.recurrentWeights.length },
    ];
  });

/** The same bits for every matrix whose bits can be chosen. */
export const uniformWidths = (network: Network, bits: WeightBits): Widths =>
  Object.fromEntries(widthTensors(network).map(({ name }) => [name, bits]));

/** Refuses names that the network does not have and bits that no kernel has (ESC316). */
export function checkWidths(network: Network, widths: Widths): void {
  const known = widthTensors(network).map(({ name }) => name);
  for (const [name, bits] of Object.entries(widths)) {
    if (!known.includes(name)) throw kernelRefusals.unknownTensor(network.name, name, known);
    if (![4, 8, 16].includes(bits)) throw kernelRefusals.badWidth(network.name, name, bits);
  }
}
