/** LSTM layers. */
import type { LstmLayer } from '../../graph/network.ts';
import { directionsOf, macsOf, narrowsOf, writesOf } from './directions.ts';
import { evaluateRecurrent } from './float.ts';
import type { LayerKind } from '../layer-kind.ts';
import { quantizeLstm } from './lstm-cell.ts';
import { recurrentStage } from './stage.ts';
import { bitsOfCell, squashedState } from './state.ts';

export const lstm: LayerKind<LstmLayer> = {
  reads: (layer) => [layer.input],
  writes: writesOf,
  narrows: narrowsOf,
  macs: macsOf,
  observed: (layer) => directionsOf(layer).map(() => layer.input.features + layer.hidden),
  evaluate: evaluateRecurrent,
  wish(layer, _, { buffer, largestIn }) {
    if (layer.lastCell?.buffer !== buffer) return { kind: 'fixed', format: squashedState(layer) };
    const finest = 2 ** -bitsOfCell(layer.input.steps, layer.initialCell);
    return { kind: 'calibrated', finest, widest: largestIn(buffer) };
  },
  quantize: (layer, context) => recurrentStage(layer, context, quantizeLstm(layer, context)),
};
