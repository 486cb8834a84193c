/** RNN layers with tanh or relu. */
import type { RnnLayer } from '../../graph/network.ts';
import type { AskedFormat, FormatOf, FormatWish, LayerKind } from '../layer-kind.ts';
import { directionsOf, macsOf, narrowsOf, writesOf } from './directions.ts';
import { evaluateRecurrent } from './float.ts';
import { quantizeRnn } from './rnn-cell.ts';
import { recurrentStage } from './stage.ts';
import { largestOf, squashedState } from './state.ts';

export const rnn: LayerKind<RnnLayer> = {
  reads: (layer) => [layer.input],
  writes: writesOf,
  narrows: narrowsOf,
  macs: macsOf,
  observed: (layer) => directionsOf(layer).map(() => layer.input.features + layer.hidden),
  evaluate: evaluateRecurrent,
  wish: (layer, formatOf, asked) =>
    layer.activation === 'tanh'
      ? { kind: 'fixed', format: squashedState(layer) }
      : reluState(layer, formatOf, asked),
  quantize: (layer, context) =>
    recurrentStage(layer, context, quantizeRnn(layer, context, context.formatOf(writesOf(layer)[0].buffer))),
};

/** One format for everything that the layer writes, with room for every state that calibration saw. */
function reluState(
  layer: RnnLayer,
  formatOf: FormatOf,
  { largestIn, largestShown }: AskedFormat,
): FormatWish {
  const { hidden, input } = layer;
  const { features } = input;
  const states = directionsOf(layer).flatMap(({ index }) =>
    Array.from(largestShown(index)).slice(features, -1),
  );
  const seen = Math.max(...states, ...writesOf(layer).map(({ buffer }) => largestIn(buffer)));
  const inputMax = 32768 * formatOf(input.buffer).scale;
  let [fromInput, gain] = [0, 0];
  layer.bias.forEach((bias, row) => {
    const sum = (matrix: Float64Array, width: number): number =>
      matrix.subarray(row * width, (row + 1) * width).reduce((total, w) => total + Math.abs(w), 0);
    fromInput = Math.max(fromInput, sum(layer.inputWeights, features) * inputMax + Math.abs(bias));
    gain = Math.max(gain, sum(layer.recurrentWeights, hidden));
  });
  // Before saturation a state is at most fromInput + gain * 32768 steps: both together must fit 31 bits.
  const finest = fromInput / Math.max(1, 2 ** 30 - gain * 32768);
  return { kind: 'calibrated', finest, widest: fromInput + largestOf(layer.initialHidden), seen };
}
