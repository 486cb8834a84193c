/** GRU layers, with the reset gate before or after the recurrent matrix. */
import type { GruLayer } from '../../graph/network.ts';
import type { LayerKind } from '../layer-kind.ts';
import { directionsOf, macsOf, narrowsOf, writesOf } from './directions.ts';
import { evaluateRecurrent } from './float.ts';
import { quantizeGru } from './gru-cell.ts';
import { recurrentStage } from './stage.ts';
import { squashedState } from './state.ts';

export const gru: LayerKind<GruLayer> = {
  reads: (layer) => [layer.input],
  writes: writesOf,
  narrows: narrowsOf,
  macs: macsOf,
  /** By direction: [x, h] of z and r; [x, r h], or nothing more than [x]; [h]. */
  observed: (layer) => {
    const { hidden, input, linearBeforeReset } = layer;
    const both = input.features + hidden;
    return directionsOf(layer).flatMap(() => [both, linearBeforeReset ? input.features : both, hidden]);
  },
  evaluate: evaluateRecurrent,
  wish: (layer) => ({ kind: 'fixed', format: squashedState(layer) }),
  quantize: (layer, context) => recurrentStage(layer, context, quantizeGru(layer, context)),
};
