/** All kinds of layers. */
import type { Layer } from '../graph/network.ts';
import type { LayerKind } from './layer-kind.ts';
import { activation } from './activation.ts';
import { attentionPool } from './attention-pool.ts';
import { concat } from './concat.ts';
import { dense } from './dense.ts';
import { forest } from './forest.ts';
import { kernelRidge } from './kernel-ridge.ts';
import { neighbours } from './neighbours.ts';
import { gru } from './recurrent/gru.ts';
import { lstm } from './recurrent/lstm.ts';
import { rnn } from './recurrent/rnn.ts';
import { select } from './select.ts';
import { softmax } from './softmax.ts';

type Kinds = { [K in Layer['kind']]: LayerKind<Extract<Layer, { kind: K }>> };

const kinds: Kinds = {
  activation,
  attentionPool,
  concat,
  dense,
  forest,
  gru,
  kernelRidge,
  lstm,
  neighbours,
  rnn,
  select,
  softmax,
};

export const layerKind = (layer: Layer): LayerKind => kinds[layer.kind] as LayerKind;
