/** Bits of weights, matrix by matrix, and of activations, buffer by buffer: what `escapement tune` chooses and a pipeline may set. */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { WeightBits } from '../emit/weight-type.ts';
import { isRecurrent } from '../graph/draft.ts';
import type { Layer, Network } from '../graph/network.ts';
import type { WeightMatrix } from '../layers/layer-kind.ts';
import { defaultBits } from '../layers/recurrent/rows.ts';
import { checkBuffer, narrowable } from './narrow.ts';

/** By name of the matrix, "<layer>.weights", or "<layer>.input" and "<layer>.recurrent"; or by name of the activation buffer. */
export type Widths = Readonly<Record<string, WeightBits>>;

export const widthName = (layer: Layer, matrix: WeightMatrix): string => `${layer.name}.${matrix}`;

export interface WidthTensor {
  name: string;
  kind: 'weights' | 'activations';
  /** Bits unless they are chosen. */
  usual: WeightBits;
  /** Numbers in the matrix, or in the buffer. */
  numbers: number;
}

/** The matrices of a network whose bits can be chosen. */
export const widthTensors = (network: Network): WidthTensor[] =>
  network.layers.flatMap((layer): WidthTensor[] => {
    if (layer.kind === 'dense')
      return [
        { name: widthName(layer, 'weights'), kind: 'weights', usual: 8, numbers: layer.weights.length },
      ];
    if (!isRecurrent(layer)) return [];
    const { input, state } = defaultBits(layer.input.features);
    return [
      { name: widthName(layer, 'input'), kind: 'weights', usual: input, numbers: layer.inputWeights.length },
      {
        ...{ name: widthName(layer, 'recurrent'), kind: 'weights' as const },
        ...{ usual: state, numbers: layer.recurrentWeights.length },
      },
    ];
  });

/** Buffers between layers that can have 8 bits instead of 16. */
export function activationTensors(network: Network): WidthTensor[] {
  const matrices = new Set(widthTensors(network).map(({ name }) => name));
  return narrowable(network)
    .filter((buffer) => !matrices.has(buffer))
    .map((buffer) => {
      const { steps, features } = network.buffers[buffer]!;
      return { name: buffer, kind: 'activations', usual: 16, numbers: steps * features };
    });
}

/** The same bits for every matrix whose bits can be chosen. */
export const uniformWidths = (network: Network, bits: WeightBits): Widths =>
  Object.fromEntries(widthTensors(network).map(({ name }) => [name, bits]));

/** Refuses names that the network does not have (ESC316) and bits that no kernel has (ESC317; ESC290 to ESC292 for activations). */
export function checkWidths(network: Network, widths: Widths): void {
  const matrices = widthTensors(network).map(({ name }) => name);
  const known = [...matrices, ...activationTensors(network).map(({ name }) => name)];
  for (const [name, bits] of Object.entries(widths)) {
    if (matrices.includes(name)) {
      if (![4, 8, 16].includes(bits)) throw kernelRefusals.badWidth(network.name, name, bits);
    } else if (network.buffers[name]) checkBuffer(network, name, bits);
    else throw kernelRefusals.unknownTensor(network.name, name, known);
  }
}

/** Buffers that widths give 8 bits. */
export const narrowBuffers = (network: Network, widths: Widths): ReadonlySet<string> => {
  const matrices = new Set(widthTensors(network).map(({ name }) => name));
  return new Set(Object.keys(widths).filter((name) => widths[name] === 8 && !matrices.has(name)));
};
